package dev.chiron.sandbox.isolate;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A filter of system calls as the kernel reads it (classic BPF over {@code struct seccomp_data}; Linux,
 * Documentation/userspace-api/seccomp_filter.rst). Without it a run could open sockets that no network namespace cuts off (vsock), type into
 * the terminal, and try the kernel's least tested entrances. What is refused says EPERM, as if there were no right to it.
 */
final class Seccomp {

    private static final int LOAD = 0x20;
    private static final int EQUAL = 0x15;
    private static final int AT_LEAST = 0x35;
    private static final int HAS_BITS = 0x45;
    private static final int RETURN = 0x06;
    private static final int ALLOW = 0x7fff0000;
    private static final int ERROR = 0x00050000;
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    private static final int EAFNOSUPPORT = 97;

    private static final int NUMBER = 0;
    private static final int ARCHITECTURE = 4;
    private static final int FIRST_ARGUMENT = 16;
    private static final int SECOND_ARGUMENT = 24;
    private static final int X32 = 0x40000000;

    /** The same everywhere; its flags lie in memory, where no filter sees them, and libraries fall back on clone. */
    private static final int CLONE3 = 435;

    /** Whoever asks for it can be looked into by nobody but root: neither its memory nor its files could be counted. */
    private static final int SET_DUMPABLE = 4;

    private static final int NEW_USER_NAMESPACE = 0x10000000;

    /** unix, inet, inet6, netlink: all that training needs. */
    private static final List<Integer> FAMILIES = List.of(1, 2, 10, 16);

    /** TIOCSTI and TIOCLINUX put characters into the input of whoever reads the terminal next. */
    private static final List<Integer> TYPING = List.of(0x5412, 0x541C);

    /** One machine's numbers. */
    private record Numbers(
            int architecture,
            boolean hasX32,
            int socket,
            int ioctl,
            int cloning,
            int prctl,
            List<Integer> looking,
            List<Integer> refused) {}

    /*
     * Refused: kernel keys (add_key, request_key, keyctl), bpf, perf_event_open, userfaultfd, io_uring (3), kexec (2), modules (3),
     * mounting (mount, umount2, pivot_root, move_mount, open_tree, fsopen, fsconfig, fsmount, fspick, mount_setattr), unshare, setns,
     * open_by_handle_at, name_to_handle_at, quotactl, swap (2), reboot, syslog, acct, clocks (3), sethostname, setdomainname, vhangup,
     * lookup_dcookie, and on x86-64 iopl, ioperm. Before them, with which a process looks into another one, and which are refused only where
     * one has something to keep from the other: ptrace, process_vm_readv, process_vm_writev, pidfd_getfd, kcmp.
     */
    private static final Numbers X86_64 = new Numbers(
            0xC000003E,
            true,
            41,
            16,
            56,
            157,
            List.of(101, 310, 311, 438, 312),
            List.of(
                    248, 249, 250, 321, 298, 323, 425, 426, 427, 246, 320, 175, 313, 176, 165, 166, 155, 429, 428, 430,
                    431, 432, 433, 442, 272, 308, 304, 303, 179, 167, 168, 169, 103, 163, 164, 227, 305, 170, 171, 153,
                    212, 172, 173));
    private static final Numbers AARCH64 = new Numbers(
            0xC00000B7,
            false,
            198,
            29,
            220,
            167,
            List.of(117, 270, 271, 438, 272),
            List.of(
                    217, 218, 219, 280, 241, 282, 425, 426, 427, 104, 294, 105, 273, 106, 40, 39, 41, 429, 428, 430,
                    431, 432, 433, 442, 97, 268, 265, 264, 60, 224, 225, 142, 116, 89, 170, 112, 266, 161, 162, 58,
                    18));

    private final Numbers numbers;
    private final List<long[]> program = new ArrayList<>();

    /**
     * The filter for a machine; empty where its system calls are not known here.
     *
     * @param machine as {@code os.arch} says it
     */
    static Optional<Seccomp> of(String machine) {
        return switch (machine) {
            case "amd64", "x86_64" -> Optional.of(new Seccomp(X86_64, List.of()));
            case "aarch64" -> Optional.of(new Seccomp(AARCH64, List.of()));
            default -> Optional.empty();
        };
    }

    /** The same filter, and no process looks into another one's memory or takes its files. */
    Seccomp apart() {
        return new Seccomp(numbers, numbers.looking());
    }

    private Seccomp(Numbers numbers, List<Integer> besides) {
        this.numbers = numbers;
        add(LOAD, ARCHITECTURE);
        skipUnless(EQUAL, numbers.architecture(), true);
        add(RETURN, ERROR | ENOSYS); // 32-bit calls have other numbers, and would pass unseen
        add(LOAD, NUMBER);
        if (numbers.hasX32()) {
            skipUnless(AT_LEAST, X32, false);
            add(RETURN, ERROR | ENOSYS);
        }
        numbers.refused().forEach(this::refuse);
        besides.forEach(this::refuse);
        skipUnless(EQUAL, CLONE3, false);
        add(RETURN, ERROR | ENOSYS);
        // the last four blocks load an argument over the number, so each of them ends with a verdict
        program.add(instruction(EQUAL, 0, 4, numbers.cloning()));
        add(LOAD, FIRST_ARGUMENT);
        skipUnless(HAS_BITS, NEW_USER_NAMESPACE, false);
        add(RETURN, ERROR | EPERM);
        add(RETURN, ALLOW);
        program.add(instruction(EQUAL, 0, 4, numbers.prctl()));
        add(LOAD, FIRST_ARGUMENT);
        skipUnless(EQUAL, SET_DUMPABLE, false);
        add(RETURN, ERROR | EPERM);
        add(RETURN, ALLOW);
        int typing = 2 * TYPING.size() + 2;
        program.add(instruction(EQUAL, 0, typing, numbers.ioctl()));
        add(LOAD, SECOND_ARGUMENT);
        TYPING.forEach(request -> {
            skipUnless(EQUAL, request, false);
            add(RETURN, ERROR | EPERM);
        });
        add(RETURN, ALLOW);
        program.add(instruction(EQUAL, 1, 0, numbers.socket()));
        add(RETURN, ALLOW);
        add(LOAD, FIRST_ARGUMENT);
        FAMILIES.forEach(family -> {
            skipUnless(EQUAL, family, false);
            add(RETURN, ALLOW);
        });
        add(RETURN, ERROR | EAFNOSUPPORT);
    }

    private void refuse(int call) {
        skipUnless(EQUAL, call, false);
        add(RETURN, ERROR | EPERM);
    }

    /** Skips the next instruction unless the comparison holds; with {@code negated}, if it holds. */
    private void skipUnless(int comparison, int value, boolean negated) {
        program.add(negated ? instruction(comparison, 1, 0, value) : instruction(comparison, 0, 1, value));
    }

    private void add(int code, int value) {
        program.add(instruction(code, 0, 0, value));
    }

    private static long[] instruction(int code, int ifTrue, int ifFalse, int value) {
        return new long[] {code, ifTrue, ifFalse, value};
    }

    /** The instructions, as {@code struct sock_filter} one after the other. */
    byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(8 * program.size()).order(ByteOrder.nativeOrder());
        for (long[] instruction : program) {
            buffer.putShort((short) instruction[0]);
            buffer.put((byte) instruction[1]);
            buffer.put((byte) instruction[2]);
            buffer.putInt((int) instruction[3]);
        }
        return buffer.array();
    }
}

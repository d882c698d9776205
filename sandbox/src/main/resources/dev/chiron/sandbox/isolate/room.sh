# Builds a room around a command, as the first process of new namespaces: room.sh ROOT WORKSPACE [KIND SOURCE TARGET]... -- COMMAND...
# ROOT is an empty folder; a TARGET is where the command will see the SOURCE.
set -eu
own_path=$PATH
PATH=/usr/sbin:/usr/bin:/sbin:/bin
root=$1
workspace=$2
blind=
shift 2

mount --make-rprivate /
mount -t tmpfs -o mode=0755,nosuid,nodev chiron "$root"

mounts="
$(cut -d ' ' -f 5 /proc/self/mountinfo)"

# Flags that the machine has locked must be named again, and only noexec is not wanted otherwise.
freeze() {
    mount -o remount,bind,ro,nosuid,nodev "$1" 2>/dev/null || mount -o remount,bind,ro,nosuid,nodev,noexec "$1"
}

# What is mounted below a folder comes with it, writable as it was. The list is from before, so most folders need no second look.
freeze_below() {
    CDPATH='' cd -P "$1" 2>/dev/null || return 0
    from=$PWD
    case $from in *[![:graph:]]* | *\\*) ;; *)
        case $mounts in *"
${from%/}/"*) ;; *) return 0 ;; esac ;;
    esac
    CDPATH='' cd -P "$2"
    into=$PWD
    cut -d ' ' -f 5 /proc/self/mountinfo | while read -r at; do
        at=$(printf %b "$at")
        case $at in
            "$into"/*) [ ! -e "$at" ] || freeze "$at" ;;
        esac
    done
}

# Each process that is not started saves a millisecond, and there are dozens of mounts.
folder() {
    [ -d "$1" ] || mkdir -p "$1"
}

place() {
    if [ -d "$1" ]; then folder "$2"; else folder "${2%/*}"; [ -e "$2" ] || : >"$2"; fi
    mount -o "$3" "$1" "$2"
}

place_frozen() {
    place "$1" "$2" rbind,ro,nosuid,nodev 2>/dev/null || freeze "$2"
}

while [ "$1" != -- ]; do
    case $1 in
        read) place_frozen "$2" "$root$3"; [ ! -d "$2" ] || freeze_below "$2" "$root$3" ;;
        write | device) place "$2" "$root$3" rbind ;;
        link) folder "$root${3%/*}"; ln -s "$2" "$root$3" ;;
        empty) mkdir -p "$root$3"; mount -t tmpfs -o ro,size=4k chiron "$root$3" ;;
        hall) mkdir -p "$root$3"; mount -t tmpfs -o mode=0755,nosuid,nodev,size=4k chiron "$root$3" ;;
        freeze) freeze "$root$3" ;;
        blind) blind=$3 ;;
        memory) mkdir -p "$root$3"; mount -t tmpfs -o "mode=1777,nosuid,nodev,size=$2" chiron "$root$3" ;;
        proc) mkdir -p "$root$3"; mount -t proc -o nosuid,nodev,noexec proc "$root$3"
            mount -o remount,bind,ro,nosuid,nodev,noexec "$root$3" ;;
    esac
    shift 3
done
shift

ip link set lo up 2>/dev/null || :
cd "$root"
mkdir .machine
pivot_root . .machine
umount -l .machine
rmdir .machine
mount -o remount,bind,ro,nosuid,nodev /
# Last, since mount itself reads it: one process has a secret from the others.
[ -z "$blind" ] || mount -t tmpfs -o ro,nosuid,nodev,size=4k chiron "$blind"
cd "$workspace"
PATH=$own_path
export PATH
exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all --ambient-caps=-all sh -c 'echo stands >&7; exec 7>&-; "$@"; exit $?' room "$@"

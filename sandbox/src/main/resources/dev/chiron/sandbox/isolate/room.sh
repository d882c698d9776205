# Builds a room around a command, as the first process of new namespaces: room.sh ROOT WORKSPACE [KIND SOURCE TARGET]... -- COMMAND...
# ROOT is an empty folder; a TARGET is where the command will see the SOURCE.
set -eu
own_path=$PATH
PATH=/usr/sbin:/usr/bin:/sbin:/bin
root=$1
workspace=$2
shift 2

mount --make-rprivate /
mount -t tmpfs -o mode=0755,nosuid,nodev chiron "$root"

# Flags that the machine has locked must be named again, and only noexec is not wanted otherwise.
freeze() {
    mount -o remount,bind,ro,nosuid,nodev "$1" 2>/dev/null || mount -o remount,bind,ro,nosuid,nodev,noexec "$1"
}

place() {
    if [ -d "$1" ]; then mkdir -p "$2"; else mkdir -p "${2%/*}"; [ -e "$2" ] || : >"$2"; fi
    mount --rbind "$1" "$2"
}

while [ "$1" != -- ]; do
    case $1 in
        read) place "$2" "$root$3"; freeze "$root$3" ;;
        write | device) place "$2" "$root$3" ;;
        link) mkdir -p "$root${3%/*}"; ln -s "$2" "$root$3" ;;
        empty) mkdir -p "$root$3"; mount -t tmpfs -o ro,size=4k chiron "$root$3" ;;
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
cd "$workspace"
PATH=$own_path
export PATH
exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all --ambient-caps=-all sh -c '"$@"; exit $?' room "$@"

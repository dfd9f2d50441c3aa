"""What the process table says about steps, and signals to whole families of processes."""
import os
import signal
import sys

MARK = 'KUBEFLOW_ATTEMPT'
LINUX = sys.platform.startswith('linux')


def start_of(pid):
    """When a process started, in clock ticks since boot; 0 where there is no /proc, None when there is no such process."""
    if not LINUX:
        return 0 if exists(pid) else None
    entry = stat_of(pid)
    return entry[3] if entry else None


def exists(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def stat_of(pid):
    """(state, parent, group, start) of a process, or None."""
    try:
        with open('/proc/%d/stat' % pid, 'rb') as file:
            fields = file.read().rpartition(b')')[2].split()
    except (OSError, ValueError):
        return None
    return fields[0].decode(), int(fields[1]), int(fields[2]), int(fields[19])


def process_table():
    """pid -> (state, parent, group) of everything that runs."""
    if LINUX:
        table = {}
        for name in os.listdir('/proc'):
            if name.isdigit():
                entry = stat_of(int(name))
                if entry:
                    table[int(name)] = entry[:3]
        return table
    import subprocess
    out = subprocess.run(['ps', '-A', '-o', 'pid=,stat=,ppid=,pgid='], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL).stdout
    rows = (line.split() for line in out.decode(errors='replace').splitlines())
    return {int(r[0]): (r[1][0], int(r[2]), int(r[3])) for r in rows if len(r) == 4}


def carries_mark(pid, handle):
    try:
        with open('/proc/%d/environ' % pid, 'rb') as file:
            return os.fsencode(MARK + '=' + handle) in file.read().split(b'\0')
    except OSError:
        return False


def family(root, handle):
    """pid -> group of every living process of a step: its group, its descendants, and those that left both but carry its mark."""
    table = process_table()
    children = {}
    for pid, (state, parent, group) in table.items():
        children.setdefault(parent, []).append(pid)
    found, waiting = {}, [root]  # parents before their children
    waiting += [pid for pid, (state, parent, group) in table.items() if group == root]
    if LINUX:
        waiting += [p for p in children.get(os.getpid(), []) + children.get(1, []) if carries_mark(p, handle)]
    while waiting:
        pid = waiting.pop()
        if pid not in found and pid != os.getpid():
            found[pid] = table[pid][2] if pid in table and table[pid][0] != 'Z' else None
            waiting += children.get(pid, [])
    return {pid: group for pid, group in found.items() if group is not None}


def signal_family(root, handle, number):
    """The group in one call: were its members signalled one by one, a shell could go on to its next command before its turn."""
    members = family(root, handle)
    if root in members.values():
        try:
            os.killpg(root, number)
        except (ProcessLookupError, PermissionError):
            pass  # it has ended in between
    send([pid for pid, group in members.items() if group != root], number)


def send(pids, number):
    for pid in pids:
        try:
            os.kill(pid, number)
        except (ProcessLookupError, PermissionError):
            continue  # gone already, or another user's: nothing of ours to stop


def become_subreaper():
    """Orphans of steps come to this process instead of init, so that they can be found when their step ends (Linux only)."""
    if LINUX:
        try:
            import ctypes
            ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
        except (ImportError, OSError, AttributeError):
            return  # without ctypes orphans that left their step's group stay


def keep_descriptors_to_myself():
    """Nothing but the standard streams goes on to steps."""
    for number in [int(fd) for fd in os.listdir('/dev/fd') if fd.isdigit() and int(fd) > 2]:
        try:
            os.set_inheritable(number, False)
        except OSError:
            continue  # the one that listed them

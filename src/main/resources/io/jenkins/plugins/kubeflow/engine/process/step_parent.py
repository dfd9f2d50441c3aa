"""The parent of steps: forks a child for each step it is asked for, waits for it, and writes down how it ended.

    step_parent.py                    starts commands
    step_parent.py MODULE             has imported what MODULE imports, so that children can run MODULE at once (a warm parent)
    step_parent.py --step DIRECTORY   becomes the step in DIRECTORY (a fresh interpreter for one step)

Requests come as JSON lines on stdin, events go as JSON lines to stdout. At the end of stdin (the asking process has ended, however
roughly) it stays until its last child has ended and its result is written. It never has a second thread, so that forking is safe.

Files in a step's directory: launch.json and argv (each argument ends with a NUL) are read by the child; pid ("pid start parent parentStart") is claimed
by creating it, before the fork; result.json is written, atomically, before the process can vanish from the process table.
"""
import errno
import gc
import json
import os
import select
import signal
import sys
import time

MARK = 'KUBEFLOW_ATTEMPT'
LINUX = sys.platform.startswith('linux')


# ---- what the process table says

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


# ---- the parent

class Step:
    def __init__(self, request, pid, start):
        self.handle = request['handle']
        self.directory = request['directory']
        self.grace = request.get('grace', 10)
        timeout = request.get('timeout')
        self.times_out_at = time.monotonic() + timeout if timeout else None
        self.pid, self.start = pid, start
        self.cause = None      # why it is being stopped
        self.kill_at = None    # when patience ends
        self.status = None     # how its first process ended, while others of its family still have time to end


class Parent:
    def __init__(self):
        self.steps = {}        # pid -> Step
        self.others = []       # (pid, handle, time) of families that are not ours and still have time to end
        self.open = True
        self.buffer = b''
        self.self_start = start_of(os.getpid())

    def serve(self):
        """Returns the request that this process, then a child, is to become; None at the end."""
        wake_in, wake_out = os.pipe()
        os.set_blocking(wake_in, False)
        os.set_blocking(wake_out, False)
        signal.set_wakeup_fd(wake_out, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.say({'event': 'ready', 'pid': os.getpid()})
        while self.open or self.steps or self.others:
            sources = [wake_in] + ([0] if self.open else [])
            try:
                ready = select.select(sources, [], [], self.patience())[0]
            except InterruptedError:
                ready = []
            if wake_in in ready:
                try:
                    os.read(wake_in, 4096)
                except BlockingIOError:
                    pass  # another wake-up has emptied it
            self.reap()
            self.watch_clock()
            if 0 in ready:
                for request in self.requests():
                    if self.handle(request) == 'child':
                        signal.set_wakeup_fd(-1)
                        return request
        return None

    def say(self, event):
        data = (json.dumps(event) + '\n').encode()
        while data:
            try:
                data = data[os.write(1, data):]
            except OSError as e:
                if e.errno not in (errno.EPIPE, errno.EBADF):
                    raise
                return  # nobody listens any more; the files tell it

    def requests(self):
        data = os.read(0, 65536)
        if not data:
            self.open = False
            return
        self.buffer += data
        while b'\n' in self.buffer:
            line, _, self.buffer = self.buffer.partition(b'\n')
            yield json.loads(line)

    def handle(self, request):
        if request['op'] == 'launch':
            return self.launch(request)
        step = self.steps.get(request['pid'])
        if step is not None and step.handle == request['handle']:
            self.stop(step, 'cancel', 0 if request['force'] else step.grace)
        elif step is None and (start_of(request['pid']) == request['start'] or request['start'] is None):
            now = request['force']
            signal_family(request['pid'], request['handle'], signal.SIGKILL if now else signal.SIGTERM)
            if not now:
                self.others.append((request['pid'], request['handle'], time.monotonic() + request.get('grace', 10)))
        return None

    def launch(self, request):
        directory = request['directory']
        try:
            claim = os.open(directory + '/pid', os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as e:
            self.say({'event': 'ended', 'handle': request['handle'],
                      'result': {'problem': 'cannot claim the step: %s' % e.strerror, 'platform': True}})
            return None
        try:
            pid = os.fork()
        except OSError as e:
            os.close(claim)
            self.finish(directory, request['handle'], {'problem': 'cannot start a process: %s' % e.strerror, 'platform': True})
            return None
        if pid == 0:
            os.close(claim)
            return 'child'
        start = start_of(pid)
        os.write(claim, b'%d %d %d %d\n' % (pid, start or 0, os.getpid(), self.self_start))
        os.close(claim)
        self.steps[pid] = Step(request, pid, start)
        self.say({'event': 'started', 'handle': request['handle'], 'pid': pid, 'start': start or 0})
        return None

    def reap(self):
        while True:
            try:
                if hasattr(os, 'waitid'):
                    seen = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
                    if seen is None:
                        return
                    step = self.steps.get(seen.si_pid)
                    if step is not None:
                        code = {'exitCode': seen.si_status} if seen.si_code == os.CLD_EXITED else {'signal': seen.si_status}
                        self.ended(step, code)
                    os.waitpid(seen.si_pid, 0)
                else:
                    pid, status = os.waitpid(-1, os.WNOHANG)
                    if pid == 0:
                        return
                    step = self.steps.get(pid)
                    if step is not None:
                        self.ended(step, {'signal': os.WTERMSIG(status)} if os.WIFSIGNALED(status)
                                   else {'exitCode': os.WEXITSTATUS(status)})
            except ChildProcessError:
                return

    def ended(self, step, status):
        """The step's first process is over. What is left of its family ends with it, unless it is being stopped and has time left."""
        step.status = status
        if step.cause is None or step.kill_at is None or time.monotonic() >= step.kill_at or not family(step.pid, step.handle):
            self.complete(step)

    def complete(self, step):
        try:
            os.killpg(step.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass  # nothing of its group is left
        if step.cause is not None:
            signal_family(step.pid, step.handle, signal.SIGKILL)
        elif LINUX:
            send(self.strays(step), signal.SIGKILL)
        del self.steps[step.pid]
        result = dict(step.status)
        if step.cause is not None:
            result['cause'] = step.cause
        try:
            with open(step.directory + '/problem', encoding='utf-8') as file:
                result['problem'] = file.read()
        except OSError:
            pass  # it did start
        self.finish(step.directory, step.handle, result)

    def strays(self, step):
        """Orphans that came to this process, the subreaper, and carry the mark of a step that has ended."""
        try:
            with open('/proc/self/task/%d/children' % os.getpid()) as file:
                mine = [int(pid) for pid in file.read().split()]
        except OSError:
            return []
        strangers = [pid for pid in mine if pid not in self.steps and carries_mark(pid, step.handle)]
        return [pid for stray in strangers for pid in family(stray, step.handle)]

    def finish(self, directory, handle, result):
        try:
            with open(directory + '/result.new', 'w', encoding='utf-8') as file:
                json.dump(result, file)
            os.rename(directory + '/result.new', directory + '/result.json')
        except OSError as e:
            result = dict(result, problem='cannot write the result: %s' % e.strerror, platform=True)
        self.say({'event': 'ended', 'handle': handle, 'result': result})

    def stop(self, step, cause, grace):
        step.cause = step.cause or cause
        now = time.monotonic()
        if grace <= 0:
            step.kill_at = now
            signal_family(step.pid, step.handle, signal.SIGKILL)
        elif step.kill_at is None:
            step.kill_at = now + grace
            signal_family(step.pid, step.handle, signal.SIGTERM)

    def watch_clock(self):
        now = time.monotonic()
        for step in list(self.steps.values()):
            if step.cause is None and step.times_out_at is not None and now >= step.times_out_at:
                self.stop(step, 'timeout', step.grace)
            elif step.kill_at is not None and now >= step.kill_at:
                signal_family(step.pid, step.handle, signal.SIGKILL)
                step.kill_at = now + 1
            if step.status is not None and (now >= step.kill_at or not family(step.pid, step.handle)):
                self.complete(step)
        for other in list(self.others):
            left = family(other[0], other[1])
            if now >= other[2]:
                signal_family(other[0], other[1], signal.SIGKILL)
            if not left:
                self.others.remove(other)

    def patience(self):
        """Seconds until the clock matters; None for ever. Only families that are being stopped are looked at repeatedly."""
        if self.others or any(step.status is not None for step in self.steps.values()):
            return 0.05
        times = [step.kill_at if step.kill_at is not None else step.times_out_at for step in self.steps.values()]
        times = [t for t in times if t is not None]
        return max(0.0, min(times) - time.monotonic()) if times else None


# ---- the child

def refuse(directory, problem, code=127):
    """The step cannot start: says so where the parent looks for it, and in the step's own log."""
    with open(directory + '/problem', 'w', encoding='utf-8', errors='replace') as file:
        file.write(problem)
    os.write(2, (problem + '\n').encode(errors='replace'))
    os._exit(code)


def read_launch(directory):
    with open(directory + '/launch.json', encoding='utf-8', errors='surrogatepass') as file:
        launch = json.load(file)
    return launch


def arguments_of(directory):
    """They come through a file because the system limits one argument to 128 KiB."""
    with open(directory + '/argv', 'rb') as file:
        return [os.fsdecode(argument) for argument in file.read().split(b'\0')[:-1]]


def enter(launch, log):
    """Own session, directory, environment and standard streams, and nothing else of the parent's."""
    os.setsid()
    null = os.open(os.devnull, os.O_RDONLY)
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    os.dup2(null, 0)
    os.dup2(out, 1)
    os.dup2(out, 2)
    limit = max([int(fd) for fd in os.listdir('/dev/fd') if fd.isdigit()] + [3])
    os.closerange(3, limit + 1)
    for number in (signal.SIGCHLD, signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(launch['environment'])
    os.chdir(launch['directory'])


def execute(launch, directory):
    for name in ('SIGPIPE', 'SIGXFSZ'):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        argv = launch['execute'] or arguments_of(directory)
        os.execvpe(argv[0], argv, os.environ)
    except FileNotFoundError:
        refuse(directory, 'the command \u2018%s\u2019 was not found on this machine (container images are not used here)' % argv[0])
    except OSError as e:
        refuse(directory, 'the command \u2018%s\u2019 cannot be started: %s' % (argv[0], e.strerror), 126)
    except ValueError as e:
        refuse(directory, 'the command \u2018%s\u2019 cannot be started: %s' % (argv[0], e), 126)


def main_module(name):
    """The spec and code of a module as `python -m` runs it."""
    import importlib.util
    spec = importlib.util.find_spec(name)
    return spec, spec.loader.get_code(name)


def preload(name):
    """Imports what the module imports, but leaves the module itself unimported: children run it as __main__."""
    import importlib
    os.environ['_KFP_RUNTIME'] = 'true'
    importlib.import_module(name)
    for needed in ('locale', 'shutil'):
        importlib.import_module(needed)  # argparse imports them late, but before any code of the user
    found = main_module(name)
    del sys.modules[name]
    package, _, attribute = name.rpartition('.')
    if package:
        delattr(sys.modules[package], attribute)
    return found


def run_module(arguments, found):
    """Goes on as `python -m MODULE ARGUMENTS` would: __main__, sys.argv, sys.path, streams in order, exit code."""
    import io
    import types
    spec, code = found
    sys.stdin = open(0, encoding=sys.stdin.encoding if sys.stdin else None, closefd=False)
    for name, fd in (('stdout', 1), ('stderr', 2)):
        old = getattr(sys, name)
        stream = io.TextIOWrapper(open(fd, 'wb', 0, closefd=False), encoding=old.encoding, errors=old.errors, write_through=True)
        stream.mode = 'w'
        setattr(sys, name, stream)
        setattr(sys, '__%s__' % name, stream)
    sys.__stdin__ = sys.stdin
    sys.argv = [spec.origin] + arguments
    sys.path.insert(0, os.getcwd())
    before = set(sys.modules)
    if 'tempfile' in sys.modules:
        sys.modules['tempfile'].tempdir = None
    if 'random' in sys.modules:
        sys.modules['random'].seed()
    if hasattr(time, 'tzset'):
        time.tzset()
    main = types.ModuleType('__main__')
    main.__dict__.update(__spec__=spec, __file__=spec.origin, __cached__=spec.cached, __loader__=spec.loader,
                         __package__=spec.parent, __builtins__=sys.modules['builtins'])
    sys.modules['__main__'] = main
    gc.enable()
    try:
        exec(code, main.__dict__)
        status = 0
    except SystemExit as e:
        status = exit_status(e.code)
    except KeyboardInterrupt:
        print_exception()
        leave(before, -signal.SIGINT)
    except BaseException:
        print_exception()
        status = 1
    leave(before, status)


def exit_status(code):
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xff
    sys.stdout.flush()
    print(code, file=sys.stderr)
    return 1


def print_exception():
    """The traceback as the interpreter prints it, without the frame of this file."""
    kind, value, trace = sys.exc_info()
    trace = trace.tb_next if trace is not None and trace.tb_next is not None else trace
    sys.excepthook(kind, value.with_traceback(trace), trace)


def leave(before, status):
    """Ends as an interpreter does: waits for threads, runs exit handlers, lets go of the step's objects (which closes its files)."""
    import atexit
    import threading
    try:
        threading._shutdown()
    except BaseException:
        sys.excepthook(*sys.exc_info())
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            status = status or 120  # what the interpreter exits with when its output cannot be written
    library = os.path.dirname(os.__file__)
    for name in set(sys.modules) - before:
        file = getattr(sys.modules[name], '__file__', None)
        if file and not file.startswith(library) and 'site-packages' not in file:
            sys.modules.pop(name).__dict__.clear()
    sys.modules['__main__'].__dict__.clear()
    gc.collect()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            continue
    if status < 0:
        signal.signal(-status, signal.SIG_DFL)
        os.kill(os.getpid(), -status)
    os._exit(status)


def become(request, found):
    directory = request['directory']
    try:
        launch = read_launch(directory)
        enter(launch, request['log'])
    except OSError as e:
        refuse(directory, 'the step cannot start: %s' % e, 126)
    if launch['module'] is not None and launch['execute'] is None:
        run_module(arguments_of(directory), found)
    else:
        execute(launch, directory)


def step_in_fresh_interpreter(directory):
    run_module(arguments_of(directory), main_module(read_launch(directory)['module']))


def main():
    sys.path.pop(0)
    arguments = sys.argv[1:]
    if arguments[:1] == ['--step']:
        step_in_fresh_interpreter(arguments[1])
        return
    try:
        os.setsid()
    except PermissionError:
        pass  # already the first of its own group
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    become_subreaper()
    found = preload(arguments[0]) if arguments else None
    gc.collect()
    gc.freeze()
    gc.disable()
    request = Parent().serve()
    if request is not None:
        become(request, found)


main()

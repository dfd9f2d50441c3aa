"""The parent of steps: takes requests, starts steps, waits for them, and writes down how they ended."""
import errno
import json
import os
import resource
import select
import signal
import time

from kubeflow_step_child import arguments_of, read_launch
from kubeflow_step_processes import LINUX, carries_mark, family, send, signal_family, start_of

SIGNALS = [getattr(signal, name) for name in ('SIGCHLD', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGPIPE', 'SIGXFSZ') if hasattr(signal, name)]


def is_full(error):
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def usage(used):
    """Seconds and bytes. A step starts as large as its parent: how much memory it took is known only if that was more."""
    memory = used.ru_maxrss * (1024 if LINUX else 1)
    return {'cpu': round(used.ru_utime + used.ru_stime, 3), 'memory': memory if memory > own_memory() else 0}


def own_memory():
    """The most that this process has had; getrusage would count what the JVM had before it became this process."""
    if not LINUX:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with open('/proc/self/status') as file:
        return next((int(line.split()[1]) * 1024 for line in file if line.startswith('VmHWM:')), 0)


class Refused(Exception):
    """A step cannot start, for a reason that its author can do something about."""
    def __init__(self, problem, code):
        super().__init__(problem)
        self.problem, self.code = problem, code


def path_of(program, directory, environment):
    """Where a program lies, by the step's own PATH as seen from its directory."""
    if '/' in program:
        return program
    for place in environment.get('PATH', os.defpath).split(os.pathsep):
        file = os.path.join(directory, place, program)
        if os.access(file, os.X_OK) and os.path.isfile(file):
            return file
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))


def encoded(text):
    return text.encode('utf-8', 'surrogateescape')


def changed(environment, changes):
    """An environment with changes: what has no value is taken away."""
    complete = dict(environment)
    for name, value in changes.items():
        if value is None:
            complete.pop(name, None)
        else:
            complete[name] = value
    return complete


def spawn(launch, environment, log, files):
    """Starts a command without the cost of a fork: own session, standard streams, directory, environment, default signals."""
    argv = launch['execute'] or launch.get('argv') or arguments_of(files)
    os.chdir(launch['directory'])  # the new process inherits it; this one has but one thread and no use for a directory of its own
    try:
        return os.posix_spawn(
            encoded(path_of(argv[0], launch['directory'], environment)),
            [encoded(argument) for argument in argv],
            {encoded(name): encoded(value) for name, value in environment.items()},
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666),
                (os.POSIX_SPAWN_DUP2, 1, 2)],
            setsid=True, setsigmask=[], setsigdef=SIGNALS)
    except FileNotFoundError:
        raise Refused('the command \u2018%s\u2019 was not found on this machine (container images are not used here)' % argv[0], 127)
    except OSError as e:
        if e.errno in (errno.EAGAIN, errno.ENOMEM) or is_full(e):
            raise
        raise Refused('the command \u2018%s\u2019 cannot be started: %s' % (argv[0], e.strerror), 126)
    except ValueError as e:
        raise Refused('the command \u2018%s\u2019 cannot be started: %s' % (argv[0], e), 126)
    finally:
        os.chdir('/')


def spawn_works():
    """Whether this system can start a process in a session of its own without a fork."""
    if not hasattr(os, 'posix_spawn'):
        return False
    try:
        pid = os.posix_spawn('/bin/sh', ['sh', '-c', ':'], {}, setsid=True)
    except (NotImplementedError, OSError):
        return False
    os.waitpid(pid, 0)
    return True


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
        self.unclaimed = None  # why it was killed before anybody could know of it
        self.status = None     # how its first process ended, while others of its family still have time to end
        self.used = None       # what it and those that it waited for used, once it is reaped


class Parent:
    def __init__(self):
        self.steps = {}        # pid -> Step
        self.others = []       # (pid, handle, time) of families that are not ours and still have time to end
        self.open = True
        self.buffer = b''
        self.self_start = start_of(os.getpid())
        self.can_spawn = None
        self.environment = {}  # what steps have unless their launch says otherwise

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
        if request['op'] == 'environment':
            self.environment = request['environment']
            return None
        step = self.steps.get(request['pid'])
        if step is not None and step.handle == request['handle']:
            self.stop(step, 'cancel', 0 if request['force'] else step.grace)
        elif step is None and (start_of(request['pid']) == request['start'] or request['start'] is None):
            now = request['force']
            signal_family(request['pid'], request['handle'], signal.SIGKILL if now else signal.SIGTERM)
            if not now:
                self.others.append((request['pid'], request['handle'], time.monotonic() + request.get('grace', 10)))
        return None

    def spawns(self):
        if self.can_spawn is None:
            self.can_spawn = spawn_works()
        return self.can_spawn

    def launch(self, request):
        directory = request['directory']
        try:
            claim = os.open(directory + '/pid', os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as e:
            self.say({'event': 'ended', 'handle': request['handle'],
                      'result': {'problem': 'cannot claim the step: %s' % e.strerror, 'platform': True, 'full': is_full(e)}})
            return None
        try:
            launch = request.get('launch') or read_launch(directory)
            command = launch['module'] is None or launch['execute'] is not None
            environment = changed(self.environment, launch['environment'])
            pid = spawn(launch, environment, request['log'], directory) if command and self.spawns() else os.fork()
        except Refused as e:
            os.close(claim)
            try:
                with open(request['log'], 'a', encoding='utf-8', errors='replace') as log:
                    log.write(e.problem + '\n')
            except OSError:
                pass  # the result says it as well
            self.finish(directory, request['handle'], {'problem': e.problem, 'exitCode': e.code})
            return None
        except OSError as e:
            os.close(claim)
            self.finish(directory, request['handle'], {'problem': 'cannot start a process: %s' % e, 'platform': True, 'full': is_full(e)})
            return None
        if pid == 0:
            os.close(claim)
            request['launch'], request['environment'] = launch, environment
            return 'child'
        start = start_of(pid)
        self.steps[pid] = Step(request, pid, start)
        try:
            os.write(claim, b'%d %d %d %d\n' % (pid, start or 0, os.getpid(), self.self_start))
        except OSError as e:
            # nobody could find it again after a crash: it must not run
            self.steps[pid].unclaimed = {'problem': 'cannot claim the step: %s' % e.strerror, 'platform': True, 'full': is_full(e)}
            signal_family(pid, request['handle'], signal.SIGKILL)
        os.close(claim)
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
                    if step is None or step.used is None:
                        used = os.wait4(seen.si_pid, 0)[2]
                        if step is not None:
                            step.used = used
                else:
                    pid, status, used = os.wait4(-1, os.WNOHANG)
                    if pid == 0:
                        return
                    step = self.steps.get(pid)
                    if step is not None:
                        step.used = used
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
        if step.used is None:
            step.used = os.wait4(step.pid, 0)[2]  # not before its group was signalled: its number is free from here on
        result = dict(step.status, **usage(step.used))
        if step.cause is not None:
            result['cause'] = step.cause
        try:
            with open(step.directory + '/problem', encoding='utf-8') as file:
                result['problem'] = file.read()
        except OSError:
            pass  # it did start
        self.finish(step.directory, step.handle, step.unclaimed or result)

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
            result = dict(result, problem='cannot write the result: %s' % e.strerror, platform=True, full=is_full(e))
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

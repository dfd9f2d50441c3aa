"""The child that a step's parent has forked: becomes the step, as a command or as a Python module."""
import gc
import json
import os
import signal
import sys
import time


def refuse(directory, problem, code=127):
    """The step cannot start: says so where the parent looks for it, and in the step's own log."""
    try:
        with open(directory + '/problem', 'w', encoding='utf-8', errors='replace') as file:
            file.write(problem)
        os.write(2, (problem + '\n').encode(errors='replace'))
    finally:
        os._exit(code)


def read_launch(directory):
    with open(directory + '/launch.json', encoding='utf-8', errors='surrogatepass') as file:
        launch = json.load(file)
    return launch


def arguments_of(directory):
    """They come through a file because the system limits one argument to 128 KiB."""
    with open(directory + '/argv', 'rb') as file:
        return [os.fsdecode(argument) for argument in file.read().split(b'\0')[:-1]]


def enter(directory, environment, log):
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
    os.environ.update(environment)
    os.chdir(directory)


def execute(argv, directory):
    for name in ('SIGPIPE', 'SIGXFSZ'):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
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
    """In the child: goes on as the step that was asked for."""
    directory, launch = request['directory'], request['launch']
    try:
        enter(launch['directory'], request['environment'], request['log'])
    except OSError as e:
        refuse(directory, 'the step cannot start: %s' % e, 126)
    arguments = launch['argv'] if 'argv' in launch else arguments_of(directory)
    if launch['module'] is not None and launch['execute'] is None:
        run_module(arguments, found)
    else:
        execute(launch['execute'] or arguments, directory)


def step_in_fresh_interpreter(directory):
    run_module(arguments_of(directory), main_module(read_launch(directory)['module']))

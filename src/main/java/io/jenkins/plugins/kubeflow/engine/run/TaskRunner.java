package io.jenkins.plugins.kubeflow.engine.run;

/**
 * Carries out attempts of container tasks: as local processes, as Pods, or (in tests) not at all.
 *
 * <p>Every method is called on the run's lane and must return at once: work is done on the runner's own threads, and results come
 * back through the listener from any thread. A runner holds no thread per running task. One runner may serve many runs.
 */
public interface TaskRunner extends AutoCloseable {

    /**
     * Starts an attempt. The launch has been journaled already. Calls {@code listener.started} at most once and
     * {@code listener.ended} exactly once, also when starting fails.
     */
    void launch(TaskLaunch launch, Listener listener);

    /**
     * After a restart: finds the attempt that was journaled as launched (handle and reference as then) and goes on listening to it.
     * When it cannot be found or its result is lost, {@code ended} is called with {@link AttemptResult.Outcome#PLATFORM_FAILED}.
     *
     * @param reference what {@code started} reported before the restart, or null when the crash came before that
     */
    void adopt(TaskLaunch launch, String reference, Listener listener);

    /** Stops an attempt; it still ends through its listener (CANCELED). {@code force} means without a grace period. */
    void cancel(String handle, boolean force);

    /** Stops listening to one attempt, which goes on by itself until a later {@link #adopt} finds it; its listener hears no more. */
    default void leave(String handle) {}

    /** Somebody looks at the log of an attempt just now: it should be there as far as it is written. Called on any thread, often. */
    default void watched(String handle) {}

    /** Stops listening. Attempts that are running are left alone, so that a later {@link #adopt} finds them. */
    @Override
    void close();

    /** Where an attempt reports; safe to call from any thread, never blocks. */
    interface Listener {
        /** The step itself is running now. {@code reference} is kept for {@link TaskRunner#adopt} (a process id, a pod name). */
        void started(String reference);

        /** A sentence on why the step is not running yet (unschedulable, image being pulled, environment being prepared), or null. */
        void waiting(String why);

        void ended(AttemptResult result);

        /**
         * Instead of {@code ended}: nothing can be run here as things are (no interpreter, disk full), and trying again would not help.
         * The run pauses with this sentence; when it is resumed, the attempt is adopted and, as it cannot be found, repeated.
         */
        void impossible(String why);
    }
}

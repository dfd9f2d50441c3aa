package io.jenkins.plugins.kubeflow.engine.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome;
import io.jenkins.plugins.kubeflow.engine.run.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Reads what a parent wrote about the end of a step: its exit code or signal, why it was stopped, what went wrong. */
final class StepResult {
    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV", 13, "SIGPIPE", 15, "SIGTERM");

    private StepResult() {}

    static AttemptResult of(JsonNode result, boolean canceled, StepPlan plan) {
        return outcome(result, canceled, plan).withUsage(usage(result));
    }

    private static Usage usage(JsonNode result) {
        return result.hasNonNull("cpu") ? new Usage(result.get("cpu").asDouble(), result.path("memory").asLong()) : null;
    }

    private static AttemptResult outcome(JsonNode result, boolean canceled, StepPlan plan) {
        boolean signalled = result.hasNonNull("signal");
        Integer code = signalled
                ? Integer.valueOf(128 + result.get("signal").asInt())
                : result.hasNonNull("exitCode") ? Integer.valueOf(result.get("exitCode").asInt()) : null;
        String cause = result.path("cause").asText();
        if (canceled || cause.equals("cancel")) {
            return AttemptResult.failed(Outcome.CANCELED, code, "canceled");
        } else if (cause.equals("timeout")) {
            return AttemptResult.failed(Outcome.TIMED_OUT, code, "ran longer than its limit of " + words(plan.timeout()));
        } else if (result.hasNonNull("problem")) {
            Outcome outcome = result.path("platform").asBoolean() ? Outcome.PLATFORM_FAILED : Outcome.USER_FAILED;
            return AttemptResult.failed(outcome, code, result.get("problem").asText());
        } else if (signalled) {
            int number = result.get("signal").asInt();
            return AttemptResult.failed(Outcome.USER_FAILED, code, "ended by signal " + SIGNALS.getOrDefault(number, Integer.toString(number))
                    + (number == 9 ? " (the system may have run out of memory)" : ""));
        } else if (code == null) {
            return AttemptResult.failed(Outcome.PLATFORM_FAILED, null, "the result of the process cannot be read");
        } else if (code != 0) {
            return AttemptResult.failed(Outcome.USER_FAILED, code, "exit code " + code + plan.unreachableInputs());
        }
        try {
            return AttemptResult.succeeded(plan.readOutputs());
        } catch (ProcessException e) {
            return AttemptResult.failed(e.outcome(), code, e.getMessage());
        } catch (IOException e) {
            return AttemptResult.failed(Outcome.PLATFORM_FAILED, code, "its outputs cannot be read: " + e.getMessage());
        }
    }

    private static String words(Duration time) {
        return time == null ? "time" : time.toSeconds() + " s";
    }
}

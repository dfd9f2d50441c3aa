package io.jenkins.plugins.kubeflow.job;

import java.util.List;
import net.sf.json.JSONObject;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A form that was sent and refused: it comes back with everything that was typed and with what is wrong. Of one request. */
@Restricted(NoExternalUse.class)
public final class RefusedForm {
    private static final int MOST_PROBLEMS = 20;

    private final JSONObject form;
    private final List<String> problems;

    RefusedForm(JSONObject form, List<String> problems) {
        this.form = form;
        this.problems = problems.stream().flatMap(String::lines).distinct().limit(MOST_PROBLEMS).toList();
    }

    /** A line each. */
    public List<String> getProblems() {
        return problems;
    }

    /** For views. */
    public String typed(String field) {
        return form.optString(field);
    }

    /** For views: a checkbox. */
    public boolean isTicked(String field) {
        return form.optBoolean(field);
    }

    JSONObject form() {
        return form;
    }

    /** Those of one parameter, without its name. */
    List<String> problemsOf(String parameter) {
        String begin = "parameter ‘" + parameter + "’ ";
        return problems.stream().filter(problem -> problem.startsWith(begin)).map(problem -> problem.substring(begin.length())).toList();
    }
}

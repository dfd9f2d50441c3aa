package io.jenkins.plugins.kubeflow.job;

import hudson.model.Failure;
import jakarta.servlet.ServletException;
import net.sf.json.JSONException;
import net.sf.json.JSONObject;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;

/** What a page of ours sends. Anything else is the sender's mistake and is answered with 400. */
@Restricted(NoExternalUse.class)
public final class SubmittedForm {
    private SubmittedForm() {}

    public static JSONObject of(StaplerRequest2 request) throws ServletException {
        try {
            return request.getSubmittedForm();
        } catch (ServletException e) {
            if (e.getCause() instanceof JSONException) {
                throw unreadable();
            }
            throw e;
        }
    }

    static Failure unreadable() {
        return new Failure("this is not what the form sends: ‘json’ is an object with the form's fields");
    }
}

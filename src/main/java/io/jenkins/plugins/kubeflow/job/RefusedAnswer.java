package io.jenkins.plugins.kubeflow.job;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** The answer to a form that is refused: the same page again with status 400, so that neither a person nor a script takes it for done. */
@Restricted(NoExternalUse.class)
public final class RefusedAnswer implements HttpResponse {
    private final Object page;
    private final String view;

    /** @param page has been told what was refused, see {@link RefusedForm} */
    public RefusedAnswer(Object page, String view) {
        this.page = page;
        this.view = view;
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException, ServletException {
        response.setStatus(400);
        request.getView(page, view).forward(request, response);
    }
}

package io.jenkins.plugins.kubeflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.recurring.IntervalRecurrence;
import io.jenkins.plugins.kubeflow.recurring.RecurringRun;
import io.jenkins.plugins.kubeflow.recurring.RecurringRuns;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who may call what changes something, and that a GET changes nothing. */
@WithJenkins
class WebMethodsIT {
    private static final List<String> NEED_BUILD = List.of("new-run/start", "new-run/plan", "1/retry/submit", "recurring-runs/run/ID/runNow");
    private static final List<String> NEED_CONFIGURE = List.of(
            "recurring-runs/add", "recurring-runs/run/ID/save", "recurring-runs/run/ID/enable", "recurring-runs/run/ID/disable",
            "recurring-runs/run/ID/delete");

    @Test
    void eachWebMethodAsksForItsPermissionAndForAPost(JenkinsRule r) throws Exception {
        KubeflowConfiguration.get().setLocalProcesses(true);
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, "flaky");
        job.setDefinition(new InlineDefinition(PipelineRunIT.pipeline("flaky")));
        RecurringRuns.put(job, new RecurringRun("weekly", new IntervalRecurrence("1w")));
        String id = RecurringRuns.of(job).get(0).getId();
        PipelineRun run = job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("flag", "bad"))).get();
        r.assertBuildStatus(Result.FAILURE, run);
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setCrumbIssuer(null);
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ).everywhere().to("reader", "builder", "owner")
                .grant(Item.BUILD).everywhere().to("builder")
                .grant(Item.CONFIGURE).everywhere().to("owner"));

        List<String> wrong = new ArrayList<>();
        for (String method : NEED_BUILD) {
            expect(r, wrong, "reader", method, id, HttpMethod.POST, 403);
            expect(r, wrong, "builder", method, id, HttpMethod.GET, 405);
        }
        for (String method : NEED_CONFIGURE) {
            expect(r, wrong, "reader", method, id, HttpMethod.POST, 403);
            expect(r, wrong, "builder", method, id, HttpMethod.POST, 403);
            expect(r, wrong, "owner", method, id, HttpMethod.GET, 405);
        }
        expect(r, wrong, "reader", "1/stop", id, HttpMethod.POST, 403);
        expect(r, wrong, "owner", "recurring-runs/run/" + run.getRunId() + "/delete", id, HttpMethod.POST, 404);
        expect(r, wrong, "reader", "recurring-runs/", id, HttpMethod.GET, 200);
        assertThat(wrong).isEmpty();

        expect(r, wrong, "owner", "recurring-runs/run/ID/disable", id, HttpMethod.POST, 200);
        assertThat(RecurringRuns.find(job, id).isEnabled()).isFalse();
        expect(r, wrong, "owner", "recurring-runs/run/ID/delete", id, HttpMethod.POST, 200);
        assertThat(RecurringRuns.of(job)).isEmpty();
        assertThat(wrong).isEmpty();
        assertThat(job.getBuilds()).hasSize(1);
    }

    private static void expect(
            JenkinsRule r, List<String> wrong, String user, String method, String id, HttpMethod verb, int status) throws Exception {
        try (JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false).withThrowExceptionOnFailingStatusCode(false)) {
            web.withBasicCredentials(user);
            URL url = URI.create(r.getURL() + "job/flaky/" + method.replace("ID", id)).toURL();
            WebRequest request = new WebRequest(url, verb);
            int got = web.getPage(request).getWebResponse().getStatusCode();
            if (got != status) {
                wrong.add(user + " " + verb + " " + method + ": " + got + " instead of " + status);
            }
        }
    }
}

package io.jenkins.plugins.kubeflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.triggers.TimerTrigger;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import java.util.List;
import jenkins.triggers.ReverseBuildTrigger;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Jenkins' own triggers on a pipeline job. */
@WithJenkins
class TriggersIT {
    private static final String HELLO = "name: hello\nimplementation:\n  container: {image: busybox, command: [echo, hello]}\n";

    private static KubeflowPipeline job(JenkinsRule r) throws Exception {
        KubeflowConfiguration.get().setLocalProcesses(true);
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, "hello");
        job.setDefinition(new InlineDefinition(HELLO));
        job.save();
        return job;
    }

    @Test
    void theFormKeepsThemAndALoadedJobHasThem(JenkinsRule r) throws Exception {
        KubeflowPipeline job = job(r);
        job.setTriggers(List.of(new TimerTrigger("H 3 * * *")));
        r.configRoundtrip(job);
        assertThat(job.getTriggers().values()).singleElement().isInstanceOfSatisfying(
                TimerTrigger.class, trigger -> assertThat(trigger.getSpec()).isEqualTo("H 3 * * *"));
        job.doReload();
        KubeflowPipeline loaded = r.jenkins.getItemByFullName("hello", KubeflowPipeline.class);
        assertThat(loaded.getTriggers()).hasSize(1);
        try (JenkinsRule.WebClient web = r.createWebClient()) {
            HtmlPage page = web.getPage(loaded, "configure");
            HtmlForm form = page.getFormByName("config");
            form.getInputByName("hudson-triggers-TimerTrigger").setChecked(false);
            r.submit(form);
        }
        assertThat(loaded.getTriggers()).isEmpty();
    }

    @Test
    void anUpstreamJobStartsARun(JenkinsRule r) throws Exception {
        KubeflowPipeline job = job(r);
        FreeStyleProject upstream = r.createFreeStyleProject("upstream");
        ReverseBuildTrigger trigger = new ReverseBuildTrigger("upstream");
        trigger.setThreshold(Result.SUCCESS);
        job.setTriggers(List.of(trigger));
        r.jenkins.rebuildDependencyGraph();
        r.jenkins.setQuietPeriod(0);
        r.buildAndAssertSuccess(upstream);
        r.waitUntilNoActivity();
        assertThat(job.getLastBuild()).isNotNull();
        assertThat(job.getLastBuild().getCauses()).anySatisfy(cause -> assertThat(cause.getShortDescription()).contains("upstream"));
        r.assertBuildStatusSuccess(r.waitForCompletion(job.getLastBuild()));
    }

    @Test
    void aPastedPipelineHasNothingToPoll(JenkinsRule r) throws Exception {
        KubeflowPipeline job = job(r);
        assertThat(job.getSCMs()).isEmpty();
        assertThat(job.poll(StreamTaskListener.fromStdout()).hasChanges()).isFalse();
    }
}

package io.jenkins.plugins.kubeflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.experiment.Experiment;
import io.jenkins.plugins.kubeflow.job.InlineDefinition;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import io.jenkins.plugins.kubeflow.recurring.IntervalRecurrence;
import io.jenkins.plugins.kubeflow.recurring.RecurringRun;
import io.jenkins.plugins.kubeflow.recurring.RecurringRuns;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who gets what from each method that an address leads to. What is new has to be added here. */
@WithJenkins
class PermissionMatrixIT {
    /** Of these, {@code stranger} may see nothing but Jenkins itself; the others see everything and may do one thing each besides. */
    private static final List<String> USERS = List.of("stranger", "reader", "builder", "stopper", "owner");

    private static final String GRAPH = "job/exp/job/containers/1/graph/";
    private static final String DATA = "path=produce&name=data&index=0";
    private static final String WEEKLY = "job/exp/job/flaky/recurring-runs/run/ID/";

    /** Class and method, verb, the status for each user, address. A POST that is refused for its content was allowed. */
    private static final List<String> MATRIX = List.of(
            "RunPage.doGraph GET 404 200 200 200 200 " + GRAPH + "graph",
            "RunPage.doState GET 404 200 200 200 200 " + GRAPH + "state?since=0",
            "RunPage.doTask GET 404 200 200 200 200 " + GRAPH + "task?path=produce",
            "RunPage.doViews GET 404 200 200 200 200 " + GRAPH + "views?path=produce",
            "RunPage.doView GET 404 200 200 200 200 " + GRAPH + "view?" + DATA,
            "RunPage.doExpected GET 404 200 200 200 200 " + GRAPH + "expected",
            "RunPage.doLineage GET 404 200 200 200 200 " + GRAPH + "lineage?path=produce",
            "RunPage.doHistory GET 404 200 200 200 200 " + GRAPH + "history",
            "RunPage.doSpec GET 404 200 200 200 200 " + GRAPH + "spec",
            "RunPage.doLog GET 404 200 200 200 200 " + GRAPH + "log?path=produce&attempt=1",
            "RunPage.doArtifact GET 404 200 200 200 200 " + GRAPH + "artifact?" + DATA,
            "ComparePage.doChoices GET 404 200 200 200 200 job/exp/job/containers/compare/choices",
            "ComparePage.doData GET 404 200 200 200 200 job/exp/compare/data?runs=none",
            "TrendPage.doData GET 404 200 200 200 200 job/exp/job/containers/metrics-trend/data",
            "GlobalRunSearch.doIndex GET 404 200 200 200 200 search/?q=RUN",
            "KubeflowPipeline.doBuild POST 404 403 201 403 403 job/exp/job/quiet/build",
            "KubeflowPipeline.doBuildWithParameters POST 404 403 400 403 403 job/exp/job/quiet/buildWithParameters",
            "NewRunPage.doStart POST 404 403 400 403 403 job/exp/job/flaky/new-run/start",
            "NewRunPage.doPlan POST 404 403 400 403 403 job/exp/job/flaky/new-run/plan",
            "RetryPage.doSubmit POST 404 403 200 403 403 job/exp/job/flaky/1/retry/submit",
            "PipelineRun.doStop POST 404 403 403 200 403 job/exp/job/flaky/1/stop",
            "RecurringRunsPage.doAdd POST 404 403 403 403 400 job/exp/job/flaky/recurring-runs/add",
            "RecurringRunPage.doSave POST 404 403 403 403 400 " + WEEKLY + "save",
            "RecurringRunPage.doEnable POST 404 403 403 403 200 " + WEEKLY + "enable",
            "RecurringRunPage.doDisable POST 404 403 403 403 200 " + WEEKLY + "disable",
            "RecurringRunPage.doRunNow POST 404 403 400 403 403 " + WEEKLY + "runNow",
            "RunSelection.doChange POST 404 400 400 400 400 job/exp/selection/change?action=none",
            "RunSelection.doChange POST 404 403 403 403 403 job/exp/selection/change?action=archive&run=RUN",
            "Experiment.doArchive POST 404 403 403 403 200 job/exp/archive",
            "Experiment.doRestore POST 404 403 403 403 200 job/exp/restore",
            "Experiment.doRebuildRuns POST 404 403 403 403 200 job/exp/rebuildRuns",
            "RecurringRunPage.doDelete POST 404 403 403 403 200 " + WEEKLY + "delete");

    /** Have matrices of their own, or are the plugin's own scripts and styles, which are everybody's. */
    private static final Set<String> ELSEWHERE = Set.of("UploadPage", "CreateJobPage", "PipelinePage", "VersionPage", "PageAssets");

    @Test
    void eachMethodAsksForItsPermissionAndForItsVerb(JenkinsRule r) throws Exception {
        KubeflowConfiguration.get().setLocalProcesses(true);
        Experiment experiment = r.jenkins.createProject(Experiment.class, "exp");
        KubeflowPipeline flaky = job(experiment, "flaky", "flaky");
        RecurringRuns.put(flaky, new RecurringRun("weekly", new IntervalRecurrence("1w")));
        String weekly = RecurringRuns.of(flaky).get(0).getId();
        r.assertBuildStatus(Result.FAILURE, flaky.scheduleBuild2(0, new ParametersAction(new StringParameterValue("flag", "bad"))).get());
        PipelineRun run = r.buildAndAssertSuccess(job(experiment, "containers", "containers"));
        experiment.createProject(KubeflowPipeline.class, "quiet").setDefinition(new InlineDefinition(
                "name: quiet\nimplementation:\n  container:\n    image: busybox\n    command: [sh, -c, 'true']\n"));
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setCrumbIssuer(null);
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ).everywhere().to("stranger")
                .grant(Jenkins.READ, Item.READ).everywhere().to("reader", "builder", "stopper", "owner")
                .grant(Item.BUILD).everywhere().to("builder")
                .grant(Item.CANCEL).everywhere().to("stopper")
                .grant(Item.CONFIGURE).everywhere().to("owner"));

        List<String> got = new ArrayList<>();
        List<String> verbs = new ArrayList<>();
        for (String row : MATRIX) {
            String[] cells = row.split(" ");
            String path = cells[7].replace("ID", weekly).replace("RUN", run.getRunId());
            List<String> statuses = new ArrayList<>();
            for (String user : USERS) {
                statuses.add(String.valueOf(status(r, user, HttpMethod.valueOf(cells[1]), path)));
            }
            got.add(cells[0] + " " + cells[1] + " " + String.join(" ", statuses) + " " + cells[7]);
            // what has gone with the POST cannot be asked any more, and Jenkins itself answers a GET of a build with a page
            if (cells[1].equals("POST") && !cells[0].startsWith("KubeflowPipeline.") && !cells[0].endsWith(".doDelete")) {
                String allowed = USERS.stream().filter(user -> !statuses.get(USERS.indexOf(user)).matches("40[34]")).findFirst().orElse("owner");
                if (status(r, allowed, HttpMethod.GET, path) != 405) {
                    verbs.add(cells[0]);
                }
            }
        }
        assertThat(got).containsExactlyElementsOf(MATRIX);
        assertThat(verbs).as("a GET changes nothing").isEmpty();
        r.waitUntilNoActivity();
        assertThat(RecurringRuns.of(flaky)).isEmpty();
        assertThat(flaky.getBuilds()).hasSize(1);
    }

    private static KubeflowPipeline job(Experiment experiment, String name, String pipeline) throws Exception {
        KubeflowPipeline job = experiment.createProject(KubeflowPipeline.class, name);
        job.setDefinition(new InlineDefinition(Files.readString(Path.of("src/test/pipelines", pipeline + ".yaml"))));
        return job;
    }

    private static int status(JenkinsRule r, String user, HttpMethod verb, String path) throws Exception {
        try (JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false).withThrowExceptionOnFailingStatusCode(false)) {
            web.withBasicCredentials(user);
            WebRequest request = new WebRequest(URI.create(r.getURL() + path).toURL(), verb);
            if (verb == HttpMethod.POST) {
                request.setRequestBody("json=%7B%7D");
            }
            return web.getPage(request).getWebResponse().getStatusCode();
        }
    }

    @Test
    void noneIsForgotten() {
        Set<String> methods = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.jenkins.plugins.kubeflow").stream()
                .flatMap(owner -> owner.getMethods().stream())
                .filter(PermissionMatrixIT::isWebMethod)
                .map(method -> method.getOwner().getSimpleName() + "." + method.getName())
                .filter(name -> !ELSEWHERE.contains(name.substring(0, name.indexOf('.'))))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(Stream.of(MATRIX.toArray(String[]::new)).map(row -> row.substring(0, row.indexOf(' '))).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(methods);
    }

    /** What a form asks while one types is {@code WebMethodsTest}'s. */
    private static boolean isWebMethod(JavaMethod method) {
        return method.getName().matches("do[A-Z].*")
                && method.getModifiers().contains(JavaModifier.PUBLIC)
                && !method.getModifiers().contains(JavaModifier.BRIDGE)
                && !method.getOwner().isAssignableTo(Descriptor.class);
    }
}

// What the browser checks look at: an experiment with a job of every kind of artifact, a registered pipeline with two versions, a recurring run.
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration
import io.jenkins.plugins.kubeflow.experiment.Experiment
import io.jenkins.plugins.kubeflow.job.InlineDefinition
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline
import io.jenkins.plugins.kubeflow.recurring.IntervalRecurrence
import io.jenkins.plugins.kubeflow.recurring.RecurringRun
import io.jenkins.plugins.kubeflow.recurring.RecurringRuns
import io.jenkins.plugins.kubeflow.registry.KubeflowPipelines
import io.jenkins.plugins.kubeflow.registry.Submission
import java.time.Instant
import jenkins.model.Jenkins

def jenkins = Jenkins.get()
jenkins.noUsageStatistics = true
KubeflowConfiguration.get().localProcesses = true
def gallery = new File(System.getProperty('kubeflow.pages.pipeline')).getText('UTF-8')
def experiment = jenkins.createProject(Experiment, 'Gallery')
['gallery', 'other'].each { name ->
    def job = experiment.createProject(KubeflowPipeline, name)
    job.definition = new InlineDefinition(gallery)
    job.save()
}
def weekly = new RecurringRun('weekly <i>draft</i>', new IntervalRecurrence('1w'))
weekly.enabled = false
RecurringRuns.put(experiment.getItem('gallery'), weekly)
def registry = KubeflowPipelines.get().registry()
def registered = registry.create('gallery', 'Every kind of artifact.', 'demo', new Submission('', '', '', '', 'gallery.yaml', gallery.getBytes('UTF-8')), null, Instant.now())
registry.add(registered, new Submission('', 'A larger picture.', '', '', 'gallery.yaml', gallery.replace('defaultValue: 24', 'defaultValue: 48').getBytes('UTF-8')), null, Instant.now())
new File(jenkins.rootDir, 'pages-up').text = 'yes'

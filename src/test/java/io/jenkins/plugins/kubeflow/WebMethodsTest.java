package io.jenkins.plugins.kubeflow;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import hudson.model.Descriptor;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

/** What holds for every method that an address leads to, those that nobody has written yet included. */
class WebMethodsTest {
    /** Look at nothing but the text that they are handed. */
    private static final Set<String> HARMLESS = Set.of(
            "CronRecurrence$DescriptorImpl.doCheckCron",
            "IntervalRecurrence$DescriptorImpl.doCheckInterval",
            "JenkinsCronRecurrence$DescriptorImpl.doCheckSpec",
            "KubeflowCloudTrait$DescriptorImpl.doCheckCeilings",
            "KubeflowCloudTrait$DescriptorImpl.doCheckDefaultRequests",
            "KubeflowCloudTrait$DescriptorImpl.doCheckYaml",
            "KubeflowComponentStep$DescriptorImpl.doCheckArgsText",
            "KubeflowComponentStep$DescriptorImpl.doCheckArgumentsText",
            "KubeflowComponentStep$DescriptorImpl.doCheckCommandText",
            "KubeflowComponentStep$DescriptorImpl.doCheckEnvText",
            "KubeflowComponentStep$DescriptorImpl.doCheckOutputsText",
            "KubeflowPipelineStep$DescriptorImpl.doCheckParametersText",
            "RunLimitFolderProperty$DescriptorImpl.doCheckRuns",
            "RunLimitJobProperty$DescriptorImpl.doCheckRuns",
            "RecurringRunDescriptor.doAutoCompleteTimeZone",
            "RecurringRunDescriptor.doCheckEnd",
            "RecurringRunDescriptor.doCheckMaxConcurrency",
            "RecurringRunDescriptor.doCheckName",
            "RecurringRunDescriptor.doCheckStart",
            "RecurringRunDescriptor.doCheckTimeZone",
            // scripts and styles of the plugin
            "PageAssets.doDynamic");

    /** Show a form or begin a build, as Jenkins itself decides by the verb. */
    private static final Set<String> OF_JENKINS = Set.of("KubeflowPipeline.doBuild", "KubeflowPipeline.doBuildWithParameters");

    private static final Set<String> ASKING = Set.of("checkPermission", "hasPermission", "checkAnyPermission");

    private static final DescribedPredicate<JavaMethod> WEB_METHOD = new DescribedPredicate<>("lead from an address") {
        @Override
        public boolean test(JavaMethod method) {
            return method.getName().matches("do[A-Z].*")
                    && method.getModifiers().contains(JavaModifier.PUBLIC);
        }
    };

    private static final ArchRule THE_VERB_IS_SAID = methods().that(WEB_METHOD).should(new ArchCondition<>("say their verb") {
        @Override
        public void check(JavaMethod method, ConditionEvents events) {
            boolean said = method.isAnnotatedWith(RequirePOST.class) || method.isAnnotatedWith(POST.class) || method.isAnnotatedWith(GET.class)
                    || HARMLESS.contains(name(method)) || OF_JENKINS.contains(name(method));
            boolean form = method.getOwner().isAssignableTo(Descriptor.class);
            events.add(new SimpleConditionEvent(method, said && (!form || method.isAnnotatedWith(POST.class)), name(method) + " says no verb, or is a form's check without @POST"));
        }
    });

    private static final ArchRule A_PERMISSION_IS_ASKED_FOR = methods().that(WEB_METHOD).should(new ArchCondition<>("ask for a permission") {
        @Override
        public void check(JavaMethod method, ConditionEvents events) {
            boolean asked = asks(method) || method.getOwner().isAssignableTo(StaplerProxy.class) && targetAsks(method.getOwner());
            boolean changes = method.isAnnotatedWith(RequirePOST.class);
            boolean sound = changes ? asks(method) : asked || HARMLESS.contains(name(method));
            events.add(new SimpleConditionEvent(method, sound, name(method) + " asks for no permission"
                    + (changes ? " in its own class, where whoever reads it should see it" : "")));
        }
    });

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.jenkins.plugins.kubeflow");

    @Test
    void eachSaysItsVerb() {
        THE_VERB_IS_SAID.check(CLASSES);
    }

    @Test
    void eachAsksForAPermission() {
        A_PERMISSION_IS_ASKED_FOR.check(CLASSES);
    }

    /** Itself, or by way of methods of its own class. */
    private static boolean asks(JavaMethod method) {
        return asks(method, new HashSet<>());
    }

    private static boolean asks(JavaMethod method, Set<JavaMethod> seen) {
        return seen.add(method) && method.getMethodCallsFromSelf().stream().anyMatch(call ->
                ASKING.contains(call.getName())
                        || call.getTargetOwner().equals(method.getOwner())
                                && call.getTarget().resolveMember().map(callee -> asks(callee, seen)).orElse(false))
                || method.getMethodReferencesFromSelf().stream().anyMatch(reference -> reference.getTargetOwner().equals(method.getOwner())
                        && reference.getTarget().resolveMember().map(callee -> asks(callee, seen)).orElse(false));
    }

    private static boolean targetAsks(JavaClass owner) {
        return owner.getMethods().stream().anyMatch(method -> method.getName().equals("getTarget") && asks(method));
    }

    private static String name(JavaMethod method) {
        String owner = method.getOwner().getName();
        return owner.substring(owner.lastIndexOf('.') + 1) + "." + method.getName();
    }
}

package io.jenkins.plugins.kubeflow.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.fabric8.kubernetes.api.model.Quantity;
import io.jenkins.plugins.kubeflow.engine.pod.PodPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The administrator's settings of a cloud as the engine's policy. */
final class CloudPolicy {
    private CloudPolicy() {}

    /** Pods stay in the cloud's namespace. */
    static PodPolicy of(KubeflowCloudTrait settings, String namespace) {
        return new PodPolicy(
                List.of(namespace),
                lines(settings.getAllowedServiceAccounts()),
                lines(settings.getAllowedImages()),
                settings.isHostAccess(),
                quantities(settings.getCeilings()),
                quantities(settings.getDefaultRequests()),
                settings.isRestricted());
    }

    static List<String> lines(@CheckForNull String text) {
        return text == null ? List.of() : text.lines().map(String::trim).filter(line -> !line.isEmpty()).toList();
    }

    /** @throws IllegalArgumentException with a sentence that names the line */
    static Map<String, Quantity> quantities(@CheckForNull String text) {
        Map<String, Quantity> quantities = new LinkedHashMap<>();
        for (String line : lines(text)) {
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("‘" + line + "’ is not of the form resource=quantity, such as memory=8Gi");
            }
            String amount = line.substring(equals + 1).trim();
            try {
                Quantity quantity = Quantity.parse(amount);
                quantity.getNumericalAmount();
                quantities.put(line.substring(0, equals).trim(), quantity);
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw new IllegalArgumentException("‘" + amount + "’ is not a quantity, such as 500m, 4 or 8Gi");
            }
        }
        return quantities;
    }
}

package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * CPU, memory and accelerators of the main container, in every spelling of the IR: {@code resourceCpuLimit} and the like as
 * quantities (also from a placeholder), the older {@code cpuLimit} in cores and {@code memoryLimit} in GB (10^9 bytes), both spellings
 * of the accelerator. The newer wins.
 */
final class Resources {
    private static final String[][] FIELDS = {
        {"resourceCpuLimit", "cpuLimit", "cpu", "limit"},
        {"resourceMemoryLimit", "memoryLimit", "memory", "limit"},
        {"resourceCpuRequest", "cpuRequest", "cpu", "request"},
        {"resourceMemoryRequest", "memoryRequest", "memory", "request"},
    };

    private Resources() {}

    static void apply(JsonNode resources, PodDraft pod, UnaryOperator<String> placeholders) throws InvalidPodException {
        Map<String, Quantity> limits = new LinkedHashMap<>();
        Map<String, Quantity> requests = new LinkedHashMap<>();
        for (String[] field : FIELDS) {
            Quantity quantity = quantity(resources, field, placeholders);
            if (quantity != null) {
                (field[3].equals("limit") ? limits : requests).put(field[2], quantity);
            }
        }
        JsonNode accelerator = resources.path("accelerator");
        String type = placeholders.apply(accelerator.path("resourceType").asText(accelerator.path("type").asText()));
        String count = placeholders.apply(accelerator.path("resourceCount").asText(accelerator.path("count").asText()));
        if (!type.isEmpty() && !count.isEmpty() && !count.equals("0")) {
            limits.put(type, PlatformValue.quantity(count, "the number of ‘" + type + "’"));
        }
        if (limits.isEmpty() && requests.isEmpty()) {
            return;
        }
        ResourceRequirements requirements = new ResourceRequirements();
        requirements.setLimits(limits);
        requirements.setRequests(requests);
        if (pod.taskConfig().takes(TaskConfig.Field.RESOURCES)) {
            pod.taskConfig().resources(requirements);
        }
        if (pod.taskConfig().leaves(TaskConfig.Field.RESOURCES)) {
            ResourceRequirements base = pod.main().getResources();
            if (base != null) {
                base.getLimits().forEach(limits::putIfAbsent);
                base.getRequests().forEach(requests::putIfAbsent);
            }
            pod.main().setResources(requirements);
        }
    }

    private static Quantity quantity(JsonNode resources, String[] field, UnaryOperator<String> placeholders) throws InvalidPodException {
        String text = placeholders.apply(resources.path(field[0]).asText());
        if (!text.isEmpty()) {
            return PlatformValue.quantity(text, field[0]);
        }
        JsonNode number = resources.path(field[1]);
        if (number.isMissingNode() || number.isNull()) {
            return null;
        }
        BigDecimal value = number.isNumber() ? number.decimalValue() : PlatformValue.quantity(number.asText(), field[1]).getNumericalAmount();
        if (value.signum() == 0) {
            return null;
        }
        return field[2].equals("memory")
                ? new Quantity(value.movePointRight(9).toBigInteger().toString())
                : new Quantity(value.stripTrailingZeros().toPlainString());
    }
}

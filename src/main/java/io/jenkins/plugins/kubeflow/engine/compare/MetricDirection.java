package io.jenkins.plugins.kubeflow.engine.compare;

import java.util.Locale;
import java.util.Set;

/** Which of two values of a metric is the better one, told by the metric's name; people can say otherwise on the page. */
public enum MetricDirection {
    UP,
    DOWN,
    UNKNOWN;

    private static final Set<String> HIGH = Set.of(
            "accuracy", "acc", "auc", "auroc", "auprc", "ap", "map", "f1", "fbeta", "precision", "recall", "sensitivity", "specificity",
            "score", "r2", "iou", "dice", "bleu", "rouge", "ndcg", "mrr", "kappa", "mcc", "throughput", "likelihood", "reward");
    private static final Set<String> LOW = Set.of(
            "loss", "error", "err", "mse", "rmse", "mae", "mape", "smape", "rmsle", "perplexity", "ppl", "entropy", "logloss", "brier",
            "wer", "cer", "fid", "latency", "seconds", "duration", "time", "cost", "misclassified", "fpr", "fnr", "bic", "aic");

    /** A word that says "lower" wins: {@code accuracy_loss} is a loss. */
    public static MetricDirection of(String metric) {
        boolean high = false;
        for (String word : words(metric)) {
            if (LOW.contains(word)) {
                return DOWN;
            }
            high |= HIGH.contains(word);
        }
        return high ? UP : UNKNOWN;
    }

    private static String[] words(String metric) {
        String name = metric.substring(metric.lastIndexOf('/') + 1);
        return name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT).split("[^a-z0-9]+");
    }
}

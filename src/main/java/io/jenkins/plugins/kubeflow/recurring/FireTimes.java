package io.jenkins.plugins.kubeflow.recurring;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The next fire time of each key, the soonest first. Every operation takes a time logarithmic in their number. Not thread-safe. */
final class FireTimes {
    private record Entry(Instant time, String key) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int order = time.compareTo(other.time);
            return order != 0 ? order : key.compareTo(other.key);
        }
    }

    private final Map<String, Instant> times = new HashMap<>();
    private final TreeSet<Entry> order = new TreeSet<>();

    void put(String key, Instant time) {
        remove(key);
        times.put(key, time);
        order.add(new Entry(time, key));
    }

    void remove(String key) {
        Instant time = times.remove(key);
        if (time != null) {
            order.remove(new Entry(time, key));
        }
    }

    Optional<Instant> first() {
        return order.isEmpty() ? Optional.empty() : Optional.of(order.first().time());
    }

    /** Takes out whatever is not later than {@code now}, oldest first. */
    List<String> due(Instant now) {
        List<String> due = new ArrayList<>();
        while (!order.isEmpty() && !order.first().time().isAfter(now)) {
            Entry entry = order.pollFirst();
            times.remove(entry.key());
            due.add(entry.key());
        }
        return due;
    }

    int size() {
        return times.size();
    }
}

package io.jenkins.plugins.kubeflow.engine.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The tasks in the order of their last change, as a doubly linked list through the nodes: a change costs constant time, and
 * "what has changed since version v" costs time in the number of answers.
 */
final class ChangeList {
    private TaskNode oldest;
    private TaskNode newest;

    void touch(TaskNode node, long version) {
        node.version = version;
        if (node == newest) {
            return;
        }
        unlink(node);
        node.changedBefore = newest;
        node.changedAfter = null;
        if (newest != null) {
            newest.changedAfter = node;
        }
        newest = node;
        if (oldest == null) {
            oldest = node;
        }
    }

    private void unlink(TaskNode node) {
        if (node.changedBefore != null) {
            node.changedBefore.changedAfter = node.changedAfter;
        }
        if (node.changedAfter != null) {
            node.changedAfter.changedBefore = node.changedBefore;
        }
        if (oldest == node) {
            oldest = node.changedAfter;
        }
    }

    /** Oldest change first. */
    List<TaskNode> since(long version) {
        List<TaskNode> changed = new ArrayList<>();
        for (TaskNode node = newest; node != null && node.version > version; node = node.changedBefore) {
            changed.add(node);
        }
        Collections.reverse(changed);
        return changed;
    }
}

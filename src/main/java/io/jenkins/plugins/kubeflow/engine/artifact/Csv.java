package io.jenkins.plugins.kubeflow.engine.artifact;

import java.util.ArrayList;
import java.util.List;

/** Rows of CSV: quotes, doubled quotes and line breaks inside quotes. */
final class Csv {
    private Csv() {}

    static List<List<String>> rows(String text, char separator, int most) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length() && rows.size() < most; i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == separator) {
                row.add(cell.toString());
                cell.setLength(0);
            } else if (c == '\n') {
                row.add(cell.toString());
                cell.setLength(0);
                rows.add(row);
                row = new ArrayList<>();
            } else if (c != '\r') {
                cell.append(c);
            }
        }
        if (rows.size() < most && (!cell.isEmpty() || !row.isEmpty())) {
            row.add(cell.toString());
            rows.add(row);
        }
        return rows;
    }
}

package io.jenkins.plugins.kubeflow.engine.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;

/**
 * A time layout of Go, written as Go's reference time {@code Mon Jan 2 15:04:05 MST 2006} would look; formats times in UTC. What is no part
 * of the reference time stays as it is.
 */
final class GoLayout {
    /** Longer ones stand before those they begin with. */
    private static final String[] CHUNKS = {
        "January", "Jan", "Monday", "Mon", "MST", "2006", "__2", "_2", "002", "01", "02", "03", "04", "05", "06", "15", "1", "2", "3", "4", "5",
        "PM", "pm", "-07:00:00", "-070000", "-07:00", "-0700", "-07", "Z07:00:00", "Z070000", "Z07:00", "Z0700", "Z07"
    };

    private final String layout;

    GoLayout(String layout) {
        this.layout = layout;
    }

    String format(Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < layout.length()) {
            int fraction = fractionDigits(at);
            String chunk = fraction > 0 ? null : chunk(at);
            if (fraction > 0) {
                text.append(fraction(time.getNano(), at, fraction));
                at += fraction + 1;
            } else if (chunk == null) {
                text.append(layout.charAt(at++));
            } else {
                text.append(value(chunk, time));
                at += chunk.length();
            }
        }
        return text.toString();
    }

    private String chunk(int at) {
        for (String chunk : CHUNKS) {
            if (layout.startsWith(chunk, at)) {
                boolean abbreviation = chunk.equals("Jan") || chunk.equals("Mon");
                boolean otherWord = abbreviation && at + 3 < layout.length() && Character.toString(layout.charAt(at + 3)).matches("[a-z]");
                boolean yearBehindUnderscore = chunk.equals("_2") && layout.startsWith("_2006", at);
                return otherWord || yearBehindUnderscore ? null : chunk;
            }
        }
        return null;
    }

    /** The zeros or nines behind a point or comma that begins here, unless more digits follow. */
    private int fractionDigits(int at) {
        char point = layout.charAt(at);
        if ((point != '.' && point != ',') || at + 1 >= layout.length()) {
            return 0;
        }
        char digit = layout.charAt(at + 1);
        if (digit != '0' && digit != '9') {
            return 0;
        }
        int end = at + 1;
        while (end < layout.length() && layout.charAt(end) == digit) {
            end++;
        }
        boolean moreDigits = end < layout.length() && layout.charAt(end) >= '0' && layout.charAt(end) <= '9';
        return moreDigits ? 0 : end - at - 1;
    }

    private String fraction(int nanos, int at, int digits) {
        String all = String.format(Locale.ROOT, "%09d", nanos);
        String shown = digits <= 9 ? all.substring(0, digits) : all + "0".repeat(digits - 9);
        if (layout.charAt(at + 1) == '9') {
            shown = shown.replaceFirst("0+$", "");
        }
        return shown.isEmpty() ? "" : layout.charAt(at) + shown;
    }

    private static String value(String chunk, LocalDateTime time) {
        int hour = (time.getHour() + 11) % 12 + 1;
        return switch (chunk) {
            case "January" -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "Jan" -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case "Monday" -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "Mon" -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case "2006" -> padded("%04d", time.getYear());
            case "06" -> padded("%02d", time.getYear() % 100);
            case "01" -> padded("%02d", time.getMonthValue());
            case "1" -> padded("%d", time.getMonthValue());
            case "02" -> padded("%02d", time.getDayOfMonth());
            case "_2" -> padded("%2d", time.getDayOfMonth());
            case "2" -> padded("%d", time.getDayOfMonth());
            case "002" -> padded("%03d", time.getDayOfYear());
            case "__2" -> padded("%3d", time.getDayOfYear());
            case "15" -> padded("%02d", time.getHour());
            case "03" -> padded("%02d", hour);
            case "3" -> padded("%d", hour);
            case "04" -> padded("%02d", time.getMinute());
            case "4" -> padded("%d", time.getMinute());
            case "05" -> padded("%02d", time.getSecond());
            case "5" -> padded("%d", time.getSecond());
            case "PM" -> time.getHour() < 12 ? "AM" : "PM";
            case "pm" -> time.getHour() < 12 ? "am" : "pm";
            case "MST" -> "UTC";
            default -> chunk.startsWith("Z") ? "Z" : chunk.replace("-", "+").replace('7', '0');
        };
    }

    private static String padded(String format, int value) {
        return String.format(Locale.ROOT, format, value);
    }
}

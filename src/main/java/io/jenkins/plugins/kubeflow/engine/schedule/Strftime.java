package io.jenkins.plugins.kubeflow.engine.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;

/**
 * Python's strftime in UTC with English names, and the flags {@code -} (no padding), {@code _} (spaces), {@code 0} and {@code ^} (capitals)
 * of Linux. An unknown directive stays as it is.
 */
final class Strftime {
    private Strftime() {}

    static String format(String format, Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at);
            boolean flagged = at + 2 < format.length() && "-_0^".indexOf(format.charAt(at + 1)) >= 0;
            int letter = at + (flagged ? 2 : 1);
            String value = c == '%' && letter < format.length() ? value(format.charAt(letter), time) : null;
            if (value == null) {
                text.append(c);
                at++;
            } else {
                text.append(flagged ? flagged(format.charAt(at + 1), value) : value);
                at = letter + 1;
            }
        }
        return text.toString();
    }

    private static String flagged(char flag, String value) {
        if (flag == '^') {
            return value.toUpperCase(Locale.ROOT);
        }
        String digits = value.replaceFirst("^[0 ]+(?=\\d)", "");
        String pad = flag == '_' ? " " : "0";
        return flag == '-' ? digits : pad.repeat(value.length() - digits.length()) + digits;
    }

    private static String value(char directive, LocalDateTime time) {
        int hour = (time.getHour() + 11) % 12 + 1;
        return switch (directive) {
            case 'Y' -> number("%d", time.getYear());
            case 'C' -> number("%02d", time.getYear() / 100);
            case 'y' -> number("%02d", time.getYear() % 100);
            case 'm' -> number("%02d", time.getMonthValue());
            case 'd' -> number("%02d", time.getDayOfMonth());
            case 'e' -> number("%2d", time.getDayOfMonth());
            case 'j' -> number("%03d", time.getDayOfYear());
            case 'H' -> number("%02d", time.getHour());
            case 'k' -> number("%2d", time.getHour());
            case 'I' -> number("%02d", hour);
            case 'l' -> number("%2d", hour);
            case 'M' -> number("%02d", time.getMinute());
            case 'S' -> number("%02d", time.getSecond());
            case 'f' -> number("%06d", time.getNano() / 1000);
            case 's' -> Long.toString(time.toEpochSecond(ZoneOffset.UTC));
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'P' -> time.getHour() < 12 ? "am" : "pm";
            case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'u' -> number("%d", time.getDayOfWeek().getValue());
            case 'w' -> number("%d", time.getDayOfWeek().getValue() % 7);
            case 'U' -> number("%02d", (time.getDayOfYear() + 6 - time.getDayOfWeek().getValue() % 7) / 7);
            case 'W' -> number("%02d", (time.getDayOfYear() + 7 - time.getDayOfWeek().getValue()) / 7);
            case 'V' -> number("%02d", time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'G' -> number("%d", time.get(IsoFields.WEEK_BASED_YEAR));
            case 'g' -> number("%02d", time.get(IsoFields.WEEK_BASED_YEAR) % 100);
            case 'z' -> "+0000";
            case 'Z' -> "UTC";
            case 'D', 'x' -> format("%m/%d/%y", time.toInstant(ZoneOffset.UTC));
            case 'F' -> format("%Y-%m-%d", time.toInstant(ZoneOffset.UTC));
            case 'T', 'X' -> format("%H:%M:%S", time.toInstant(ZoneOffset.UTC));
            case 'R' -> format("%H:%M", time.toInstant(ZoneOffset.UTC));
            case 'r' -> format("%I:%M:%S %p", time.toInstant(ZoneOffset.UTC));
            case 'c' -> format("%a %b %e %H:%M:%S %Y", time.toInstant(ZoneOffset.UTC));
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            default -> null;
        };
    }

    private static String number(String format, int value) {
        return String.format(Locale.ROOT, format, value);
    }
}

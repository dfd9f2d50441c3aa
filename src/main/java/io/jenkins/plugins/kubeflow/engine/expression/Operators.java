package io.jenkins.plugins.kubeflow.engine.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * CEL's operators other than the logical ones. int and double compare exactly with each other. More lenient than CEL in two points, because every
 * parameter is a double: int and double can be added and so on, giving a double, and ‘%’ takes doubles that are integers.
 */
final class Operators {
    private static final int LARGEST = 10_000_000;

    private Operators() {}

    static Object unary(Evaluator e, String operator, Object value) throws ExpressionException {
        if (operator.equals("!") && value instanceof Boolean b) {
            return !b;
        } else if (operator.equals("-") && value instanceof Long l) {
            return checked(e, () -> Math.negateExact(l));
        } else if (operator.equals("-") && value instanceof Double d) {
            return -d;
        }
        throw e.error("‘" + operator + "’ cannot be applied to " + Expressions.type(value));
    }

    static Object binary(Evaluator e, String operator, Object left, Object right) throws ExpressionException {
        return switch (operator) {
            case "==" -> equal(left, right);
            case "!=" -> !equal(left, right);
            case "<" -> compare(e, operator, left, right) < 0;
            case "<=" -> compare(e, operator, left, right) <= 0;
            case ">" -> compare(e, operator, left, right) > 0 && !nan(left, right);
            case ">=" -> compare(e, operator, left, right) >= 0 && !nan(left, right);
            case "in" -> in(e, left, right);
            case "+" -> plus(e, left, right);
            default -> arithmetic(e, operator, left, right);
        };
    }

    static boolean equal(Object left, Object right) {
        if (left instanceof Number a && right instanceof Number b) {
            return !nan(a, b) && compareNumbers(a, b) == 0;
        } else if (left instanceof List<?> a && right instanceof List<?> b) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                if (!equal(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        } else if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            return a.size() == b.size() && a.entrySet().stream().allMatch(x -> b.containsKey(x.getKey()) && equal(x.getValue(), b.get(x.getKey())));
        }
        return Objects.equals(left, right);
    }

    private static boolean nan(Object left, Object right) {
        return (left instanceof Double a && a.isNaN()) || (right instanceof Double b && b.isNaN());
    }

    private static int compare(Evaluator e, String operator, Object left, Object right) throws ExpressionException {
        if (left instanceof Number a && right instanceof Number b) {
            return nan(left, right) ? 1 : compareNumbers(a, b);
        } else if (left instanceof String a && right instanceof String b) {
            return compareText(a, b);
        } else if (left instanceof Boolean a && right instanceof Boolean b) {
            return Boolean.compare(a, b);
        }
        throw e.error("‘" + operator + "’ cannot compare " + Expressions.type(left) + " with " + Expressions.type(right));
    }

    /** Exact, where turning an int into a double would not be. */
    private static int compareNumbers(Number a, Number b) {
        if (a instanceof Long x && b instanceof Long y) {
            return Long.compare(x, y);
        }
        double x = a.doubleValue();
        double y = b.doubleValue();
        if (x != y || Double.isInfinite(x)) {
            return x < y ? -1 : x > y ? 1 : 0;
        }
        return exact(a).compareTo(exact(b));
    }

    private static BigDecimal exact(Number number) {
        return number instanceof Long l ? BigDecimal.valueOf(l) : new BigDecimal(number.doubleValue());
    }

    /** CEL orders strings by code point. */
    private static int compareText(String a, String b) {
        int[] x = a.codePoints().toArray();
        int[] y = b.codePoints().toArray();
        return Arrays.compare(x, y);
    }

    /** A key or an index: an integral double finds what the int of the same value finds. */
    static Object key(Object value) {
        return value instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1L << 53 ? (Object) d.longValue() : value;
    }

    private static boolean in(Evaluator e, Object left, Object right) throws ExpressionException {
        if (right instanceof List<?> list) {
            return list.stream().anyMatch(element -> equal(left, element));
        } else if (right instanceof Map<?, ?> map) {
            return map.containsKey(key(left));
        }
        throw e.error("‘in’ needs a list or a map, got " + Expressions.type(right));
    }

    private static Object plus(Evaluator e, Object left, Object right) throws ExpressionException {
        if (left instanceof String a && right instanceof String b) {
            room(e, (long) a.length() + b.length());
            return a + b;
        } else if (left instanceof List<?> a && right instanceof List<?> b) {
            room(e, (long) a.size() + b.size());
            List<Object> joined = new ArrayList<>(a);
            joined.addAll(b);
            return joined;
        }
        return arithmetic(e, "+", left, right);
    }

    private static void room(Evaluator e, long size) throws ExpressionException {
        if (size > LARGEST) {
            throw e.error("the result of ‘+’ is too large");
        }
    }

    private static Object arithmetic(Evaluator e, String operator, Object left, Object right) throws ExpressionException {
        boolean modulo = operator.equals("%");
        if ((modulo ? key(left) : left) instanceof Long a && (modulo ? key(right) : right) instanceof Long b) {
            if (b == 0 && (operator.equals("/") || modulo)) {
                throw e.error("division by zero");
            }
            return checked(e, () -> switch (operator) {
                case "+" -> Math.addExact(a, b);
                case "-" -> Math.subtractExact(a, b);
                case "*" -> Math.multiplyExact(a, b);
                case "/" -> b == -1 ? Math.negateExact(a) : a / b;
                default -> a % b;
            });
        } else if (left instanceof Number a && right instanceof Number b && !modulo) {
            double x = a.doubleValue();
            double y = b.doubleValue();
            return switch (operator) {
                case "+" -> x + y;
                case "-" -> x - y;
                case "*" -> x * y;
                default -> x / y;
            };
        }
        throw e.error("‘" + operator + "’ cannot be applied to " + Expressions.type(left) + " and " + Expressions.type(right));
    }

    private static Object checked(Evaluator e, java.util.function.Supplier<Object> calculation) throws ExpressionException {
        try {
            return calculation.get();
        } catch (ArithmeticException overflow) {
            throw e.error("the result is too large for an integer");
        }
    }
}

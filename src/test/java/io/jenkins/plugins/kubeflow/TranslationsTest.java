package io.jenkins.plugins.kubeflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every text of the pages in Jenkins has a translation, and no page has a text of its own beside them. */
class TranslationsTest {
    private static final Path RESOURCES = Path.of("src/main/resources/io/jenkins/plugins/kubeflow");
    private static final Pattern TEXT = Pattern.compile("\\$\\{%(.+?)}");
    private static final Pattern CODE = Pattern.compile("<code>.+?</code>");
    private static final Pattern BARE = Pattern.compile("(?:>|\\b(?:title|description|tooltip|placeholder|aria-label|message)=\")\\s*([A-Za-z]\\p{L}+(?: [\\p{L},.]+)*)\\s*(?:<|\")");

    @ParameterizedTest
    @ValueSource(strings = {"de", "ko"})
    void everyTextHasATranslation(String language) throws IOException {
        Set<String> missing = new TreeSet<>();
        for (Path page : files(".jelly")) {
            Properties texts = properties(Path.of(page.toString().replace(".jelly", "_" + language + ".properties")));
            Matcher text = TEXT.matcher(Files.readString(page));
            while (text.find()) {
                String key = text.group(1).replaceFirst("^(\\w+)\\(.*$", "$1").replace("&gt;", ">").replace("&amp;", "&");
                if (!texts.containsKey(key)) {
                    missing.add(RESOURCES.relativize(page) + ": " + key);
                }
            }
        }
        for (Path messages : files("Messages.properties")) {
            Properties texts = properties(messages.resolveSibling("Messages_" + language + ".properties"));
            properties(messages).stringPropertyNames().stream()
                    .filter(key -> !texts.containsKey(key))
                    .forEach(key -> missing.add(RESOURCES.relativize(messages) + ": " + key));
        }
        assertThat(missing).isEmpty();
    }

    /** The examples in them are the same: they are what people type. */
    @ParameterizedTest
    @ValueSource(strings = {"de", "ko"})
    void everyHelpTextHasATranslation(String language) throws IOException {
        Set<String> wrong = new TreeSet<>();
        for (Path help : files(".html")) {
            String name = help.getFileName().toString();
            if (name.matches("help(-\\w+)?\\.html") && !name.endsWith("_de.html") && !name.endsWith("_ko.html")) {
                Path translated = help.resolveSibling(name.replace(".html", "_" + language + ".html"));
                if (!Files.exists(translated)) {
                    wrong.add(RESOURCES.relativize(help) + ": is not there in " + language);
                } else if (count(CODE, Files.readString(translated)) != count(CODE, Files.readString(help))) {
                    wrong.add(RESOURCES.relativize(translated) + ": has other examples");
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static long count(Pattern pattern, String text) {
        return pattern.matcher(text).results().count();
    }

    @ParameterizedTest
    @ValueSource(strings = ".jelly")
    void noPageHasTextsOfItsOwn(String ending) throws IOException {
        Set<String> bare = new TreeSet<>();
        for (Path page : files(ending)) {
            Matcher text = BARE.matcher(Files.readString(page));
            while (text.find()) {
                bare.add(RESOURCES.relativize(page) + ": " + text.group(1));
            }
        }
        assertThat(bare).isEmpty();
    }

    private static Iterable<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    private static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                properties.load(in);
            }
        }
        return properties;
    }
}

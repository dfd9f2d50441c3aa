package io.jenkins.plugins.kubeflow.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Macros: scheduled 2024-02-29 15:04:05, now 2024-02-29 15:04:09. The formatted times agree with Go and Python. */
class MacrosTest {
    private static final Instant SCHEDULED = Instant.parse("2024-02-29T15:04:05Z");
    private static final Macros MACROS = new Macros("1b4e28ba", SCHEDULED, SCHEDULED.plusSeconds(4), 7L);

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            [[ScheduledTime]]; 20240229150405
            [[CurrentTime]]; 20240229150409
            [[Index]]; 7
            [[RunUUID]]; 1b4e28ba
            data-[[ScheduledTime]]-[[Index]]-[[Index]]; data-20240229150405-7-7
            [[ScheduledTime.2006-01-02]]; 2024-02-29
            [[CurrentTime.15:04:05]]; 15:04:09
            [[ScheduledTime.Jan 2, 2006 at 3:04pm (MST)]]; Feb 29, 2024 at 3:04pm (UTC)
            gs://b/[[ScheduledTime.2006/01/02]]/x; gs://b/2024/02/29/x
            [[ScheduledTime.]]x; x
            {{$.scheduledTime.strftime('%Y-%m-%d')}}; 2024-02-29
            {{$.currentTime.strftime('%H:%M:%S')}}; 15:04:09
            {{$.scheduledTime.strftime("%d.%m.")}}; 29.02.
            a{{$.scheduledTime.strftime('%Y')}}b{{$.scheduledTime.strftime('%m')}}c; a2024b02c
            [[Unknown]]; [[Unknown]]
            [[scheduledtime]]; [[scheduledtime]]
            [[ScheduledTimes]]; [[ScheduledTimes]]
            [[ScheduledTime; [[ScheduledTime
            [[1, 2], [3, 4]]; [[1, 2], [3, 4]]
            [[x [[Index]]; [[x 7
            [[[Index]]]; [7]
            {{$.inputs.parameters['x']}}; {{$.inputs.parameters['x']}}
            {{$.scheduledTime}}; {{$.scheduledTime}}
            {{$.pipeline_job_uuid}}; {{$.pipeline_job_uuid}}
            $1 \\ [[Index]]; $1 \\ 7
            plain; plain
            ``; ``
            """)
    void strings(String text, String expected) {
        assertThat(MACROS.substitute(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            [[ScheduledTime]]; [[ScheduledTime]]
            [[ScheduledTime.2006]]; [[ScheduledTime.2006]]
            {{$.scheduledTime.strftime('%Y')}}; {{$.scheduledTime.strftime('%Y')}}
            [[Index]]; [[Index]]
            [[CurrentTime]]; 20240229150405
            [[RunUUID]]; 1b4e28ba
            """)
    void aRunWithoutAScheduleHasNoScheduledTimeAndNoIndex(String text, String expected) {
        assertThat(new Macros("1b4e28ba", null, SCHEDULED, null).substitute(text)).isEqualTo(expected);
    }

    @Test
    void aValueThatComesInIsNotReadAgain() {
        assertThat(new Macros("[[Index]]$0", SCHEDULED, SCHEDULED, 7L).substitute("[[RunUUID]]")).isEqualTo("[[Index]]$0");
    }

    @Test
    void onlyStringsAreChanged() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        parameters.put("text", nodes.textNode("[[Index]]"));
        parameters.put("number", nodes.numberNode(3));
        parameters.put("list", nodes.arrayNode().add("[[Index]]"));
        parameters.put("nothing", nodes.nullNode());
        parameters.put("struct", nodes.objectNode().put("k", "[[Index]]"));
        assertThat(MACROS.substitute(parameters)).hasToString(
                "{text=\"7\", number=3, list=[\"[[Index]]\"], nothing=null, struct={\"k\":\"[[Index]]\"}}");
        assertThat(parameters.get("text").textValue()).isEqualTo("[[Index]]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            20060102150405; 20240229150405; 20210103000709
            Monday January 2; Thursday February 29; Sunday January 3
            Mon Jan _2; Thu Feb 29; `Sun Jan  3`
            Monat Janus; Monat Janus; Monat Janus
            06/1/2; 24/2/29; 21/1/3
            02 002 __2; 29 060  60; 03 003   3
            _2006; _2024; _2021
            03:04 PM; 03:04 PM; 12:07 AM
            3:4:5 pm; 3:4:5 pm; 12:7:9 am
            15h04m; 15h04m; 00h07m
            05.000; 05.120; 09.000
            05,000; 05,120; 09,000
            05.999; 05.12; 09
            05.00; 05.12; 09.00
            05.0001; 05.0002; 09.0001
            -0700 -07:00 -07; +0000 +00:00 +00; +0000 +00:00 +00
            -07:00:00 -070000; +00:00:00 +000000; +00:00:00 +000000
            Z0700 Z07:00 Z07; Z Z Z; Z Z Z
            2006-01-02T15:04:05Z07:00; 2024-02-29T15:04:05Z; 2021-01-03T00:07:09Z
            MST; UTC; UTC
            x y 0 7 8 9; x y 0 7 8 9; x y 0 7 8 9
            """)
    void goLayouts(String layout, String first, String second) {
        assertThat(new GoLayout(layout).format(Instant.parse("2024-02-29T15:04:05.12Z"))).isEqualTo(first);
        assertThat(new GoLayout(layout).format(Instant.parse("2021-01-03T00:07:09Z"))).isEqualTo(second);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            %Y %C %y %G %g; 2024 20 24 2024 24; 2021 20 21 2020 20
            %m %d %e %j; 02 29 29 060; `01 03  3 003`
            %H %k %I %l; `15 15 03  3`; `00  0 12 12`
            %M %S %f %p %P; 04 05 678901 PM pm; 07 09 000005 AM am
            %B %b %h %A %a; February Feb Feb Thursday Thu; January Jan Jan Sunday Sun
            %u %w %U %W %V; 4 4 08 09 09; 7 0 01 00 53
            %z %Z %s; +0000 UTC 1709219045; +0000 UTC 1609632429
            %D %x %F; 02/29/24 02/29/24 2024-02-29; 01/03/21 01/03/21 2021-01-03
            %T %X %R %r; 15:04:05 15:04:05 15:04 03:04:05 PM; 00:07:09 00:07:09 00:07 12:07:09 AM
            %c; Thu Feb 29 15:04:05 2024; `Sun Jan  3 00:07:09 2021`
            %-d %_d %-j %^a %-H; 29 29 60 THU 15; `3  3 3 SUN 0`
            100%% %q %; 100% %q %; 100% %q %
            %-; %-; %-
            T%; T%; T%
            """)
    void strftime(String format, String first, String second) {
        assertThat(Strftime.format(format, Instant.parse("2024-02-29T15:04:05.678901Z"))).isEqualTo(first);
        assertThat(Strftime.format(format, Instant.parse("2021-01-03T00:07:09.000005Z"))).isEqualTo(second);
    }
}

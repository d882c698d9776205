package dev.chiron.prompts.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.prompts.reply.TalkReply.Said;
import dev.chiron.prompts.reply.TalkReply.Unusable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TalkReplyTest {

    @Test
    void commandsAndAnswerAreRead() {
        assertThat(TalkReply.read("{\"commands\": [\"/why 3\", \"\"], \"answer\": \"\"}", 4))
                .isEqualTo(new Said(List.of("/why 3"), ""));
        assertThat(TalkReply.read("{\"answer\": \" It ran out of memory. \"}", 4))
                .isEqualTo(new Said(List.of(), "It ran out of memory."));
        assertThat(TalkReply.read("{\"commands\": \"/best\", \"answer\": null}", 4))
                .isEqualTo(new Said(List.of("/best"), ""));
    }

    @Test
    void whatStandsAroundIsPassedOver() {
        assertThat(TalkReply.read("<think>{\"answer\":\"no\"}</think>\nSure:\n```json\n{'answer': 'yes',}\n```", 4))
                .isEqualTo(new Said(List.of(), "yes"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "It is trial 3.",
                "{\"answer\": \"cut off",
                "{\"answer\": \"\", \"commands\": []}",
                "{\"commands\": [\"/a\",\"/b\",\"/c\"]}",
                "[1, 2]",
                "{}",
            })
    void whatCannotBeUsedSaysWhy(String reply) {
        assertThat(TalkReply.read(reply, 2))
                .isInstanceOfSatisfying(
                        Unusable.class, unusable -> assertThat(unusable.why()).isNotBlank());
    }
}

package dev.chiron.agent.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {

    @Test
    void aLineIsAVerbAndItsWords() {
        Order order = Order.read("  /try LR=0.1  KIND=\"two words\" ");
        assertThat(order.verb()).isEqualTo(Verb.TRY);
        assertThat(order.words()).containsExactly("LR=0.1", "KIND=two words");
        assertThat(order.yes()).isFalse();
    }

    @Test
    void whatIsSaidStaysAsItWasTyped() {
        Order order = Order.read("/steer don't   \"widen\" it --yes");
        assertThat(order.rest()).isEqualTo("don't   \"widen\" it");
        assertThat(order.yes()).isTrue();
    }

    @Test
    void anUnknownCommandNamesTheNearest() {
        assertThatThrownBy(() -> Order.read("/statu"))
                .isInstanceOf(BadInput.class)
                .hasMessage("no command /statu, did you mean `/status`?");
        assertThatThrownBy(() -> Order.read("/")).hasMessageStartingWith("no command /");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/why", "/why x", "/why -1", "/why 99999999999999", "/why \"", "/why 1 2"})
    void aNumberIsANumber(String line) {
        assertThatThrownBy(() -> {
                    Order order = Order.read(line);
                    order.words(1, 1);
                    order.number(0);
                })
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("usage: /why N");
    }

    @Test
    void everyVerbIsFoundByItsWord() {
        assertThat(Stream.of(Verb.values())
                        .map(Verb::word)
                        .map(word -> Order.read(word).verb()))
                .containsExactly(Verb.values());
        assertThat(Verb.words()).isEqualTo(List.copyOf(new java.util.LinkedHashSet<>(Verb.words())));
    }
}

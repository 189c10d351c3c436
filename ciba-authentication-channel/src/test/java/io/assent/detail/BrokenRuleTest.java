package io.assent.detail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokenRuleTest {

    /** By the validator itself: the schema is of one field, {@code f}. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
                    {'type':'string'};             1;       f has to be a text
                    {'type':['integer','null']};   'x';     f has to be a whole number or null
                    {'type':'boolean'};            1;       f has to be true or false
                    {'const':'payment'};           'x';     f has to be payment
                    {'enum':['day','week']};       'x';     f has to be one of: day, week
                    {'minLength':1};               '';      f is empty
                    {'minLength':2};               'x';     f has fewer than 2 characters
                    {'maxLength':1};               'xy';    f has more than 1 characters
                    {'minItems':1};                [];      f is an empty list
                    {'minItems':2};                [1];     f has fewer than 2 entries
                    {'maxItems':1};                [1,2];   f has more than one entry
                    {'maxItems':2};                [1,2,3]; f has more than 2 entries
                    {'uniqueItems':true};          [1,1];   f has an entry twice
                    {'minimum':3};                 2;       f is below 3
                    {'maximum':3};                 4;       f is above 3
                    {'exclusiveMinimum':3};        3;       f has to be above 3
                    {'exclusiveMaximum':3};        3;       f has to be below 3
                    {'pattern':'^[A-Z]{3}$'};      'x';     f does not match the pattern ^[A-Z]{3}$
                    {'pattern':'^[0-9]\\\\.$'};    'x';     f is not as its type wants it
                    {'required':['a']};            {};      f.a is missing
                    {'items':{'type':'string'}};   ['',1];  f[1] has to be a text
                    {'additionalProperties':false};{'x':1}; f has a field that its type does not have
                    {'not':{}};                    1;       f is not as its type wants it (not)
                    """)
    void itIsSaidInPlainWords(String schema, String sent, String words) {
        DetailSchema ofOne = DetailSchema.of(Sent.json("{'properties':{'f':%s}}".formatted(schema)));

        assertThat(ofOne.flaw(DetailJson.kept(Sent.json("{'f':%s}".formatted(sent)))))
                .contains(words);
    }
}

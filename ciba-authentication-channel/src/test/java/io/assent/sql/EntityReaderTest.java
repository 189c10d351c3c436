package io.assent.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.Column;
import java.sql.SQLException;
import java.sql.Types;
import java.util.concurrent.TimeUnit;
import javax.sql.rowset.CachedRowSet;
import javax.sql.rowset.RowSetMetaDataImpl;
import javax.sql.rowset.RowSetProvider;
import org.junit.jupiter.api.Test;

class EntityReaderTest {

    private final EntityReader<Thing> reader = new EntityReader<>(Thing.class);

    @Test
    void theColumnsAreThoseOfTheFieldsThatAreStored() {
        assertThat(reader.columns()).isEqualTo("NAME, UNIT, AT, UNTIL, OPEN, TIMES, KNOWN");
    }

    @Test
    void eachFieldGetsItsColumn() throws SQLException {
        Thing thing = reader.from(row("a", "DAYS", 7L, 8L, true, 9, true));

        assertThat(thing.name).isEqualTo("a");
        assertThat(thing.unit).isEqualTo(TimeUnit.DAYS);
        assertThat(thing.at).isEqualTo(7);
        assertThat(thing.until).isEqualTo(8L);
        assertThat(thing.open).isTrue();
        assertThat(thing.times).isEqualTo(9);
        assertThat(thing.known).isTrue();
        assertThat(thing.unstored).isEqualTo("as it was made");
    }

    @Test
    void whatIsNullStaysNull() throws SQLException {
        Thing thing = reader.from(row(null, null, 7L, null, false, 0, null));

        assertThat(thing.name).isNull();
        assertThat(thing.unit).isNull();
        assertThat(thing.until).isNull();
        assertThat(thing.known).isNull();
    }

    @Test
    void aNameThatIsUnknownIsNotReadAsNone() throws SQLException {
        CachedRowSet row = row("a", "AGES", 7L, null, false, 0, null);

        assertThatThrownBy(() -> reader.from(row)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFieldThatItCantReadIsRefusedAtOnce() {
        assertThatThrownBy(() -> new EntityReader<>(Odd.class)).hasMessageContaining("version can't be read");
    }

    private static CachedRowSet row(Object... values) throws SQLException {
        int[] types = {
            Types.VARCHAR, Types.VARCHAR, Types.BIGINT, Types.BIGINT, Types.BOOLEAN, Types.INTEGER, Types.BOOLEAN
        };
        RowSetMetaDataImpl columns = new RowSetMetaDataImpl();
        columns.setColumnCount(types.length);
        for (int place = 1; place <= types.length; place++) {
            columns.setColumnType(place, types[place - 1]);
        }
        CachedRowSet rows = RowSetProvider.newFactory().createCachedRowSet();
        rows.setMetaData(columns);
        rows.moveToInsertRow();
        for (int place = 1; place <= types.length; place++) {
            if (values[place - 1] == null) {
                rows.updateNull(place);
            } else {
                rows.updateObject(place, values[place - 1]);
            }
        }
        rows.insertRow();
        rows.moveToCurrentRow();
        rows.next();
        return rows;
    }

    static final class Thing {

        @Column(name = "NAME")
        private String name;

        @Column(name = "UNIT")
        private TimeUnit unit;

        private String unstored = "as it was made";

        @Column(name = "AT")
        private long at;

        @Column(name = "UNTIL")
        private Long until;

        @Column(name = "OPEN")
        private boolean open;

        @Column(name = "TIMES")
        private int times;

        @Column(name = "KNOWN")
        private Boolean known;
    }

    static final class Odd {

        @Column(name = "VERSION")
        private double version;
    }
}

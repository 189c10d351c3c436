package io.assent.sql;

import jakarta.persistence.Column;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes entities of the rows of a {@link SqlQuery}, by the names of their columns. What it makes belongs to no session:
 * to be read, where Hibernate's own way to the row is not open, or takes too long.
 */
public final class EntityReader<E> implements SqlQuery.Reader<E> {

    private static final Set<Class<?>> TYPES =
            Set.of(String.class, int.class, long.class, Long.class, boolean.class, Boolean.class);

    private final Constructor<E> constructor;
    private final List<Field> fields;

    /**
     * @param entity whose fields that are stored have a {@link Column} with a name, and are texts, enums, whole numbers
     *     or flags
     */
    public EntityReader(Class<E> entity) {
        try {
            constructor = entity.getDeclaredConstructor();
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException("An entity has a constructor without parameters", e);
        }
        constructor.setAccessible(true);
        fields = Arrays.stream(entity.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Column.class))
                .toList();
        for (Field field : fields) {
            if (!TYPES.contains(field.getType()) && !field.getType().isEnum()) {
                throw new IllegalArgumentException(field + " can't be read");
            }
            field.setAccessible(true);
        }
    }

    /** What a query selects, for {@link #from}. */
    public String columns() {
        return fields.stream()
                .map(field -> field.getAnnotation(Column.class).name())
                .collect(Collectors.joining(", "));
    }

    @Override
    public E from(ResultSet row) throws SQLException {
        try {
            E entity = constructor.newInstance();
            int place = 0;
            for (Field field : fields) {
                place++;
                field.set(entity, value(row, place, field.getType()));
            }
            return entity;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Could not make a row's entity", e);
        }
    }

    private static Object value(ResultSet row, int place, Class<?> type) throws SQLException {
        if (type == String.class) {
            return row.getString(place);
        }
        if (type.isEnum()) {
            return named(type, row.getString(place));
        }
        Object value = scalar(row, place, type);
        return !type.isPrimitive() && row.wasNull() ? null : value;
    }

    /** What is null is 0, or false. */
    private static Object scalar(ResultSet row, int place, Class<?> type) throws SQLException {
        if (type == int.class) {
            return row.getInt(place);
        }
        return type == boolean.class || type == Boolean.class ? (Object) row.getBoolean(place) : row.getLong(place);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // it is the type of an enum, which no generic can say
    private static Object named(Class<?> type, String name) {
        return name == null ? null : Enum.valueOf((Class) type, name);
    }
}

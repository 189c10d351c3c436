package io.assent.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** A day of UTC, from midnight to midnight: reports know no other time zone, and no day of 23 hours. */
public record UtcDay(LocalDate date) implements Comparable<UtcDay> {

    public static UtcDay of(Instant moment) {
        return new UtcDay(LocalDate.ofInstant(moment, ZoneOffset.UTC));
    }

    /** The inverse of {@link #toMillis}. */
    public static UtcDay ofMillis(long begin) {
        return of(Instant.ofEpochMilli(begin));
    }

    public UtcDay plusDays(long days) {
        return new UtcDay(date.plusDays(days));
    }

    /** The first moment of it. */
    public Instant begin() {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The first moment after it. */
    public Instant end() {
        return plusDays(1).begin();
    }

    /** Its first moment, as the tables have it. */
    public long toMillis() {
        return begin().toEpochMilli();
    }

    public boolean isBefore(UtcDay other) {
        return date.isBefore(other.date);
    }

    @Override
    public int compareTo(UtcDay other) {
        return date.compareTo(other.date);
    }

    /** As ISO 8601 writes it: {@code 2026-11-27}. */
    @Override
    public String toString() {
        return date.toString();
    }
}

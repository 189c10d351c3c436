package io.assent.benchmark;

import io.assent.benchmark.load.Sample;

/**
 * One phase of one round on one side.
 *
 * @param history how many rows of history the side had
 * @param serverCpuMillis what the server spent on it, what it did later included
 * @param databaseCpuMillis what all of PostgreSQL spent meanwhile
 * @param loadCpuMillis what the load generator spent meanwhile
 * @param pushesWaiting how many pushes were not sent yet when the last call was answered
 */
record Measurement(
        String side,
        Operation operation,
        int history,
        int round,
        Sample sample,
        long serverCpuMillis,
        long databaseCpuMillis,
        long loadCpuMillis,
        long pushesWaiting) {

    /** The server's CPU time for one of what was measured, in milliseconds. */
    double serverCpuPerCall() {
        return serverCpuMillis / (double) sample.count();
    }

    double databaseCpuPerCall() {
        return databaseCpuMillis / (double) sample.count();
    }

    double loadCpuPerCall() {
        return loadCpuMillis / (double) sample.count();
    }
}

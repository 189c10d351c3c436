package io.assent.detail;

/** The details that were sent, or why they are refused. */
public sealed interface DetailReading permits Details, DetailFlaw {}

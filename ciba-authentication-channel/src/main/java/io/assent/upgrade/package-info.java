/**
 * Carries over, once in an upgrade, what customers granted before there were consents. Believes what this pack recorded
 * of their answers, and nothing that others can write.
 */
package io.assent.upgrade;

/**
 * What an upgrade carries over, once: what customers granted before there were consents. Believes what this pack
 * recorded of their answers, and nothing that others can write.
 */
package io.assent.upgrade;

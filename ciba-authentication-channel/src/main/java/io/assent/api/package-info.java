/** What is promised to those who write jars beside the pack's. */
package io.assent.api;

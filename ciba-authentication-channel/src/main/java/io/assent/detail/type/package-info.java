/** The types of authorization details that come with the pack. A bank's own are written like them. */
package io.assent.detail.type;

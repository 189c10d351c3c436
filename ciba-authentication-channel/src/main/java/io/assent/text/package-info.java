/**
 * The words that customers read, in their language: the login theme's messages with the admin's overrides. Knows no
 * permission and no page.
 */
package io.assent.text;

/**
 * What can be asked for and granted: permissions as the admin sets them in the console, their groups and words, what a
 * request asked for and how it narrows. Knows no request and no customer's answer.
 */
package io.assent.permission;

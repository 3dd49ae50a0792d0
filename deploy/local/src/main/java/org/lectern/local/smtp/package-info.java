/** A small SMTP server that keeps the octets it is given and refuses what strict mail servers refuse. */
@NullMarked
package org.lectern.local.smtp;

import org.jspecify.annotations.NullMarked;

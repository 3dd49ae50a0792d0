/** Says whether a service's OpenAPI document breaks clients that were written against an earlier one. */
@NullMarked
package org.lectern.local.contract;

import org.jspecify.annotations.NullMarked;

/** Reports whether a service's OpenAPI document breaks clients of an earlier one. */
@NullMarked
package org.lectern.local.contract;

import org.jspecify.annotations.NullMarked;

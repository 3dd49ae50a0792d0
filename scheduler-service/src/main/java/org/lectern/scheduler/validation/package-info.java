/** Input constraints (Jakarta Validation), and their violations as problem documents. */
@NullMarked
package org.lectern.scheduler.validation;

import org.jspecify.annotations.NullMarked;

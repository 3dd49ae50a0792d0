/** The fuzz: hostile requests drawn from the services' OpenAPI documents, and an oracle that judges every answer. */
@NullMarked
package org.lectern.local.fuzz;

import org.jspecify.annotations.NullMarked;

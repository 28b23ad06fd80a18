/// One call of the API: its path, query, form and body, checked as the platform checks them.
@NullMarked
package io.github.dbtc4j.sandbox.request;

import org.jspecify.annotations.NullMarked;

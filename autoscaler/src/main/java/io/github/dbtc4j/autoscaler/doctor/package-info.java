/// Checks whether account, job and machine are fit for autoscaling, and says what to do where not.
@NullMarked
package io.github.dbtc4j.autoscaler.doctor;

import org.jspecify.annotations.NullMarked;

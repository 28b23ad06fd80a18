/// Makes clones of a job, recognises them, and decides and carries out their deletion.
@NullMarked
package io.github.dbtc4j.autoscaler.clone;

import org.jspecify.annotations.NullMarked;

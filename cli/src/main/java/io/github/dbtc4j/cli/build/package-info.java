/// What only packs, and is not shipped: training for start-up, manual page, bill of materials.
@NullMarked
package io.github.dbtc4j.cli.build;

import org.jspecify.annotations.NullMarked;

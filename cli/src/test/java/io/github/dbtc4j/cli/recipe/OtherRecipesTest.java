package io.github.dbtc4j.cli.recipe;

import org.junit.jupiter.api.Tag;

/// A pull request's life in the recipes that not every build plays.
@Tag("heavy")
class OtherRecipesTest extends RecipeTest {}

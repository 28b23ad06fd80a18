package io.github.dbtc4j.cli.init;

import io.github.dbtc4j.cli.terminal.PlainText;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Iterator;
import java.util.stream.Stream;

/// Reads the label of a recipe, and offers them all to the completion of a command line.
final class RecipeConverter implements ITypeConverter<Recipe>, Iterable<String> {

    @Override
    public Recipe convert(String text) {
        return Stream.of(Recipe.values())
                .filter(recipe -> recipe.label().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() ->
                        new TypeConversionException(
                                "'%s' is not one of %s"
                                        .formatted(PlainText.of(text), String.join(", ", this))));
    }

    @Override
    public Iterator<String> iterator() {
        return Stream.of(Recipe.values()).map(Recipe::label).iterator();
    }
}

"""From a parsed document to statements: frames of the lexicon, with who says so, how surely and under what conditions."""

"""kg turns news articles into a knowledge graph whose every statement keeps its sentence, its speaker and its doubt."""

__version__ = "0.1.0"

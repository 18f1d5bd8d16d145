"""One report object; html, json, tsv and the terminal only render it and decide nothing."""

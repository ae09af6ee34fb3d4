# Filled by the parts; see add_part().

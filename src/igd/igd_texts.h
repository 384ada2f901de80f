// SPDX-License-Identifier: LGPL-3.0-only
// Made by scripts/texts of igd_texts.txt, where the texts can be read and changed.
// Copyright (C) 2026 The seabios-igd authors
#ifndef IGD_TEXTS_H
#define IGD_TEXTS_H

// Each text and word has its length before it. The character IGD_WORDS_FIRST and those above it
// stand for igd_words, which start at igd_words_at for every IGD_WORDS_STEP of them.
#define IGD_WORDS_FIRST '{'
#define IGD_WORDS_STEP 8
static const char igd_words[] IGD_UNALIGNED =
    "\004\361llx"
    "\003\343d\323"
    "\010\223\371eck\214\215\210"
    "\003\232  "
    "\007\174w\306n\300g\323"
    "\005\174\237r\252\323"
    "\002\361x"
    "\005\253o\251n\322"
    "\007 \240fus\372:"
    "\003\173\234\347"
    "\003 L\340"
    "\007\354 \373ve\221\370"
    "\011opti\236 ROM"
    "\006OpRe\373\236"
    "\004\174\261e\323"
    "\007\223h\306m\251ss"
    "\003\343d-"
    "\004 th\277"
    "\003\316'\221"
    "\006\272al\236e\223"
    "\011\201\222so \220\233\223l"
    "\002no"
    "\002s "
    "\002, "
    "\002; "
    "\017\250s\343n\362\277\312\376vfio-\345i"
    "\012\255bdsm-size"
    "\005\326\213\324=\236"
    "\017\223\255\253o\251n-b\250\277cu\240\221\264"
    "\016GMS\254\327MiB\235 \202\222\267\201"
    "\003fi\251"
    "\003   "
    "\002 \337"
    "\004\330yte"
    "\003 of"
    "\002on"
    "\002er"
    "\002re"
    "\002 i"
    "\004BDSM"
    "\006 W\300d\307s"
    "\007\313dr=2.0"
    "\006\375is\277-m"
    "\007 Int\341 \314"
    "\014 \240\313s\173\222w\265te\201\223"
    "\002as"
    "\002le"
    "\002or"
    "\002st"
    "\004\333ays"
    "\004\315c/\213"
    "\003ne\372"
    "\004\326\213gm"
    "\002at"
    "\002\220t"
    "\006 \231 h\250\204"
    "\005H\250w\341l"
    "\002it"
    "\002ro"
    "\005\350k\220wn"
    "\004QEMU"
    "\007\200\302\265om\332 "
    "\004\330df\173"
    "\005 \251ft "
    "\003VBT"
    "\003and"
    "\005c\251a\240d"
    "\002de"
    "\002e "
    "\002in"
    "\004\346dge"
    "\002\220 "
    "\010\251gac\377VGA"
    "\007\333um\173\222\261\201"
    "\010 \260\173\235\201\234s\206"
    "\002ar"
    "\002ow"
    "\007\223\326vga=\236"
    "\003 to"
    "\004IGD "
    "\002ad"
    "\007display"
    "\002et"
    "\003ho\253"
    "\003\200\207\203"
    "\003\200\210\203"
    "\007\226 doe\221\264"
    "\006 mem\252y"
    "\002: "
    "\005op\240\373\236"
    "\005p\346m\306y"
    "\002x-"
    "\002\173 "
    "\002 b"
    "\005 cl\250\221"
    "\003 f\252"
    "\002 s"
    "\00200"
    "\00510.0+"
    "\005M\315e\252\205"
    "\005VBIOS"
    "\003ake"
    "\002el"
    "\005he\313\237\254"
    "\002ig"
    "\002ma"
    "\002pc"
    "\002ri"
    "\002s\222"
    "\002un"
    "\003\200\202\203"
    "\005\204\265om\201"
    "\005\217\307\237 \257"
    "\005\223\265m\231="
    "\005\235\204f\240e"
    "\002\237\205"
    "\002\241n"
    "\005\257\221s\315\221"
    "\004 0x%"
    "\002 \236"
    "\004ASLS"
    "\004BAR\221"
    "\004BGSM"
    "\004DBUF"
    "\004L\300ux"
    "\004a\261h\237"
    "\002ch"
    "\002ed"
    "\002gi"
    "\004lim\264"
    "\002ra"
    "\004w\264h "
    "\002y ";
static const uint16_t igd_words_at[] IGD_UNALIGNED = {
    0,
    45,
    99,
    138,
    213,
    242,
    294,
    329,
    371,
    402,
    451,
    492,
    526,
    563,
    591,
    629,
    665,
};
static const char igd_messages[] IGD_UNALIGNED =
    "\006\320\262\256s\201\175"
    "\005\320\262\374\201\175"
    "\016\320 \302s\343n\260u\240\357\173\234s\175"
    "\012\320 \342\204\231 h\250\201\175"
    "\020\351\333ize\262\261\217eav\277\225\311 \267"
    "\005\351\204\374\353s"
    "\015\351 \312\260\271\222\261\201\223us\277\244"
    "\010\317 \30255AA\305"
    "\010\317 \302PCIR\305"
    "\010\317\241\344ge\235\352\206"
    "\016\317\204\302x86\241\344g\277f\252\201\206"
    "\006\270\210\355\201\223\245"
    "\010\270\202\355\353\221\252 \245"
    "\004\200\363\247\321"
    "\022\200\242\247\256\221\267 \335\311 emul\260e\241t"
    "-\200\303 \276\313:\327(1 \276co\276\2222\330\301\2224 "
    "GGC\2228 \240\373\253\237\34710\322)\310\222\274\214\312\325\362"
    "\214\316"
    "\016\200\255* \231\347but \220\246\223\224"
    "\014\177sec\236d\246 \260\271\216\224"
    "#\177\266 \276vice\241d\173\222took\214newe"
    "\253 \242\223p\251\250\277\240p\252t\241t"
    "\034\177RVDA\327\261\357\214\231's\201\234\347\275\223\316 \256\221"
    "\367 5.16+"
    "\007\177\302\273\357\214\210\175"
    "\005\177\273\254\352\175"
    "\004\177\273\304\212"
    "\012\177\273 d\260a\204\342\201\212"
    "#\177\364\260\327* 4 GiB\222out\235\214\337'\221\240"
    "a\371\223l\307\237\214\215ap\237tu\240"
    "\012\177\207\304\222men\276d\212"
    "\020\177\202\235\173\234\221\265\350\276d up\311\201\212"
    "0\177\215\202 \260\173\241\221\261\357\214RAM\330\341\307\201\223\245\222"
    "\252 \345,\344\326\375m-b\341\307-4g=4G -m "
    "3584M"
    "\010\177\230\223\360both"
    "#\177sw\264\371\332\327(0x0\323\213\325)\241g\220\240d\223"
    "hexa\276ci\344l\222mo\253\201"
    "\016\177\215\242\327\260\201\235\214ROM \275\212"
    "\024\211\365\173\241s\214\316'\347black\330\274\221\300\243\227"
    "\032\211\366\173\272\236:\201\222\253\346pe\221\300\243\223\314\333\251ep"
    " \274 w\340"
    "\010\211\302\255\324\222\363\216\321"
    "\033\211\302\225\222\242\216\267 p\265vi\276\221\264\362 \345\222\335\362"
    " q35\311o"
    "\012\211\225\241\2210\222\242\216\360\264"
    "\027\211\215\202 \266\222STOLEN_RESERVED"
    "\173\227"
    "\003\211\230\212"
    "A\211\302\207\323d\306k \350til\214gue\253'\221d\346"
    "v\237 \253\306ts\223-\344\371\300\277g\375phics=o"
    "ff -s\237ial \253dio\333h\307\221text"
    "\023\211\207 \261 r\350:\271\223\256\221\244 \274\33103\334";
static const char igd_table_parts[] IGD_UNALIGNED =
    "\017\174c\236d\264i\236\176\176 \253\260e\176\332"
    "\010\1741 \210 \376\273 "
    "\013\1742 \215LPC\241d\221\232"
    "\017\1743 \313d\240s\221\334:02.0\232"
    "\011\1744\331VGA\176\232 "
    "\006\1745 \303\176\232"
    "\006\1746\233\176\176\232"
    "\004ok\176\232"
    "\007miss\300g\232"
    "\004\261 \256\372"
    "\006\261 t\346\372 "
    "\002 \367"
    "\001\243"
    "\001\233"
    "\002\223\226"
    "\007\223\326\213l\345=\236"
    "\002\223\244"
    "\024\223\326\345i-cl\250s-co\276=0x03\334\334"
    "\001\310"
    "\005\354FILE"
    "\002\174+"
    "\012 \364kept l\307,"
    "\007\233\235 \370\241d,"
    "\010 \215\242\357\233 \275,"
    "\004 \215\365,"
    "\005 \366\272\236,";
static const char igd_family_names[] IGD_UNALIGNED =
    "\005B\265xt\236"
    "\005S\274\377B\301"
    "\005Iv\377B\301"
    "\001\263"
    "\001\263"
    "\001\263"
    "\007Ba\377T\375il"
    "\006B\265\313w\341l"
    "\011Ch\237ryview"
    "\005Skyl\340"
    "\006Gem\300i\205"
    "\005Kaby\205"
    "\004Amb\356"
    "\007Coffee\205"
    "\005Com\315\205"
    "\006Can\220n\205"
    "\004Ice\205"
    "\007Elkh\306t\205"
    "\004J\250p\356"
    "\003T\343\356"
    "\006Rock\315\205"
    "\004Ald\356"
    "\006Rapt\252\205"
    "\001\336"
    "\001\336"
    "\004L\350\306\205"
    "\006Panth\356"
    "\007Wildc\260\205"
    "\005Nova\205"
    "\001\266";
_Static_assert(IGD_ERR_OPREGION_BYTES == 1, "in the order of enum igd_code");
_Static_assert(IGD_ERR_OPREGION_LIMIT == 2, "in the order of enum igd_code");
_Static_assert(IGD_ERR_OPREGION_SIGNATURE == 3, "in the order of enum igd_code");
_Static_assert(IGD_ERR_OPREGION_HEADER == 4, "in the order of enum igd_code");
_Static_assert(IGD_ERR_STOLEN_FILE == 5, "in the order of enum igd_code");
_Static_assert(IGD_ERR_STOLEN_LIMIT == 6, "in the order of enum igd_code");
_Static_assert(IGD_ERR_STOLEN_ADDRESS == 7, "in the order of enum igd_code");
_Static_assert(IGD_ERR_ROM_SIGNATURE == 8, "in the order of enum igd_code");
_Static_assert(IGD_ERR_ROM_PCIR == 9, "in the order of enum igd_code");
_Static_assert(IGD_ERR_ROM_BYTES == 10, "in the order of enum igd_code");
_Static_assert(IGD_ERR_ROM_MATCH == 11, "in the order of enum igd_code");
_Static_assert(IGD_ERR_OPREGION_ROOM == 12, "in the order of enum igd_code");
_Static_assert(IGD_ERR_STOLEN_ROOM == 13, "in the order of enum igd_code");
_Static_assert(IGD_ERR_ASLS == 14, "in the order of enum igd_code");
_Static_assert(IGD_ERR_BDSM == 15, "in the order of enum igd_code");
_Static_assert(IGD_ERR_VGA == 16, "in the order of enum igd_code");
_Static_assert(IGD_ERR_NO_DEVICE == 17, "in the order of enum igd_code");
_Static_assert(IGD_WARN_SECOND_DEVICE == 18, "in the order of enum igd_code");
_Static_assert(IGD_WARN_DEVICE_ID == 19, "in the order of enum igd_code");
_Static_assert(IGD_WARN_RVDA == 20, "in the order of enum igd_code");
_Static_assert(IGD_WARN_VBT_MISSING == 21, "in the order of enum igd_code");
_Static_assert(IGD_WARN_VBT_SIZE == 22, "in the order of enum igd_code");
_Static_assert(IGD_WARN_VBT_CHECKSUM == 23, "in the order of enum igd_code");
_Static_assert(IGD_WARN_VBT_PADDED == 24, "in the order of enum igd_code");
_Static_assert(IGD_WARN_BAR_HIGH == 25, "in the order of enum igd_code");
_Static_assert(IGD_WARN_ROM_CHECKSUM == 26, "in the order of enum igd_code");
_Static_assert(IGD_WARN_STOLEN_ROUNDED == 27, "in the order of enum igd_code");
_Static_assert(IGD_WARN_STOLEN_BASE == 28, "in the order of enum igd_code");
_Static_assert(IGD_WARN_GMS == 29, "in the order of enum igd_code");
_Static_assert(IGD_WARN_SWITCH == 30, "in the order of enum igd_code");
_Static_assert(IGD_WARN_ROM_BDSM == 31, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_BGSM == 32, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_DBUF == 33, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_NO_OPREGION == 34, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_NO_STOLEN == 35, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_STOLEN_ZERO == 36, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_STOLEN_BASE == 37, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_GMS == 38, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_NO_ROM == 39, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_ROM_UNUSED == 40, "in the order of enum igd_code");
_Static_assert(IGD_CODES == 41, "every code has a text");

#endif // igd_texts.h
